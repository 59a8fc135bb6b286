package org.runwright.step;

import org.runwright.platform.Service;
import org.runwright.platform.ServiceManager;

/** What differs between the managers of services. Stateless and thread-safe. */
interface Control {

  ServiceManager manager();

  /** The resource file that says how this manager is asked, started, stopped and killed. */
  String file();

  /**
   * @throws StepRefused if this manager cannot act on the service as it is described
   */
  void accept(Service service);
}
