/** The catalogue of backups: what was dumped, whether it can be restored, and how long it stays. */
@ApplicationModule(allowedDependencies = {"run", "step", "platform"})
@NullMarked
package org.runwright.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
