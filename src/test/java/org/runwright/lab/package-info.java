/**
 * The embedded lab: four SSH hosts in this JVM that run the services of a small CRM as real
 * processes, for tests and the demo. Unprivileged, loopback only, gone with the JVM. The services
 * are in {@code service}.
 */
@NullMarked
package org.runwright.lab;

import org.jspecify.annotations.NullMarked;
