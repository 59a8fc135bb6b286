package org.runwright.step;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.runwright.platform.Service;
import org.runwright.platform.ServiceManager;
import org.springframework.stereotype.Component;

/** The controls by manager, each with its shell text. Thread-safe. */
@Component
class Controls {

  private final Map<ServiceManager, Control> controls = new EnumMap<>(ServiceManager.class);

  Controls(List<Control> controls) {
    controls.forEach(control -> this.controls.put(control.manager(), control));
  }

  /**
   * The script that does one thing to a service of this kind of manager.
   *
   * @param flow the resource files that say what to do
   * @throws StepRefused if the manager cannot act on the service as it is described
   */
  String script(Service service, String... flow) {
    Control control = controls.get(service.manager());
    if (control == null) {
      throw new StepRefused("nothing here speaks with the manager " + service.manager().label());
    }
    control.accept(service);
    return ShellText.of("report.sh", "bounded.sh", "service.sh", control.file())
        + "\n"
        + ShellText.of(flow);
  }
}
