/** A run's life: request, locks, journal of steps, output, states and live feed. */
@ApplicationModule(allowedDependencies = {"runbook", "step", "platform", "access", "secret"})
@NullMarked
package org.runwright.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
