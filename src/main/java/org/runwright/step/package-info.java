/** The kinds of step: from inputs to one remote call, its undo, and how to read its result. */
@ApplicationModule(allowedDependencies = {"ssh", "platform"})
@NullMarked
package org.runwright.step;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
