/** What keeps the documents true: each test compares a page with what it tells about. */
@NullMarked
package org.runwright.docs;

import org.jspecify.annotations.NullMarked;
