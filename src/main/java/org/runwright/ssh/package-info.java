/** Connects, proves the host's key, and runs a command on a host exactly once. */
@ApplicationModule(allowedDependencies = {"platform", "secret"})
@NullMarked
package org.runwright.ssh;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
