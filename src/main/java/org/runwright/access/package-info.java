/** People and their groups: who may do what. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.runwright.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
