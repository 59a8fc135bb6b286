/** The services of the lab's CRM, each the main class of a JVM of its own. */
@NullMarked
package org.runwright.lab.service;

import org.jspecify.annotations.NullMarked;
