/** What {@code scripts/demo} runs: the embedded lab, the server, and one run that people watch. */
@NullMarked
package org.runwright.lab.demo;

import org.jspecify.annotations.NullMarked;
