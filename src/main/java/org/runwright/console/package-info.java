/** The pages that people look at. */
@ApplicationModule(allowedDependencies = {"run", "approval", "runbook", "access"})
@NullMarked
package org.runwright.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
