/** Who allowed what, by which rule. */
@ApplicationModule(allowedDependencies = {"run", "runbook", "access"})
@NullMarked
package org.runwright.approval;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
