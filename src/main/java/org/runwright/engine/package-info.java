/** The only room that knows Camunda: delegates, the step worker, approvals as user tasks. */
@ApplicationModule(
    allowedDependencies = {"run", "approval", "runbook", "step", "backup", "platform", "access"})
@NullMarked
package org.runwright.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
