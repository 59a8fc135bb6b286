package org.runwright.step;

import org.runwright.platform.Service;
import org.runwright.platform.ServiceCommands;
import org.runwright.platform.ServiceManager;
import org.springframework.stereotype.Component;

/** A service with commands of its own. */
@Component
class CommandControl implements Control {

  @Override
  public ServiceManager manager() {
    return ServiceManager.COMMAND;
  }

  @Override
  public String file() {
    return "command.sh";
  }

  @Override
  public void accept(Service service) {
    ServiceCommands commands = service.commands();
    if (commands.start().isEmpty() || commands.stop().isEmpty() || commands.status().isEmpty()) {
      throw new StepRefused(
          "service "
              + service.name()
              + " has the manager 'command': give its start, stop and status in services.yml");
    }
  }
}
