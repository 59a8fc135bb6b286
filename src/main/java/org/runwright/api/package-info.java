/** The REST interface. */
@ApplicationModule(
    allowedDependencies = {"run", "approval", "runbook", "monitor", "backup", "platform", "access"})
@NullMarked
package org.runwright.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
