/** The state of hosts and services as last seen. */
@ApplicationModule(allowedDependencies = {"run", "platform", "step", "ssh"})
@NullMarked
package org.runwright.monitor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
