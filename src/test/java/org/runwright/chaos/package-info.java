/**
 * The chaos harness: runs over real OpenSSH servers while the servers, the connections, the network
 * and the runners are beaten, and a comparison of what the hosts say with what the journal says.
 * {@code scripts/chaos} starts it.
 */
@NullMarked
package org.runwright.chaos;

import org.jspecify.annotations.NullMarked;
