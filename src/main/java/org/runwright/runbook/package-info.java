/** Reads and validates the descriptors of runbooks. */
@ApplicationModule(allowedDependencies = {"step", "platform"})
@NullMarked
package org.runwright.runbook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
