/** Tests of two servers on one PostgreSQL, as processes of their own. */
@NullMarked
package org.runwright.cluster;

import org.jspecify.annotations.NullMarked;
