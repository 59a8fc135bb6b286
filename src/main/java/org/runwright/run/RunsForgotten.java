package org.runwright.run;

import java.util.List;

/**
 * These runs are being deleted, in the transaction under way: what other rooms keep of them has to
 * go with them.
 */
public record RunsForgotten(List<String> runIds) {}
