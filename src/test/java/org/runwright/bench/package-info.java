/**
 * The benchmarks of {@code scripts/bench}: the packed server in a JVM of its own, real OpenSSH
 * servers on loopback, and other tools beside it. Never run by Maven.
 */
@NullMarked
package org.runwright.bench;

import org.jspecify.annotations.NullMarked;
