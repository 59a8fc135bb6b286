/** People, groups and rights as Camunda keeps them; its pages and REST interface act as them. */
@NullMarked
package org.runwright.engine.identity;

import org.jspecify.annotations.NullMarked;
