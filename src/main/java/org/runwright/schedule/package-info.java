/** The clock of the server, in one cluster with the others of its database. */
@ApplicationModule(allowedDependencies = {"run", "runbook", "access"})
@NullMarked
package org.runwright.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
