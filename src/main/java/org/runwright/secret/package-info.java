/** Resolves references to credentials, and masks them in every text that leaves. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.runwright.secret;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
