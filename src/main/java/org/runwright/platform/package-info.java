/** What is operated: hosts and groups (Ansible inventory), services and their dependency graph. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.runwright.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
