package org.runwright.platform;

import java.util.Optional;

/**
 * The database that a service is.
 *
 * @param name of the one database that is backed up
 * @param credentials a file on the service's host that the database's own client reads; empty: the
 *     login that the host gives its administrator without a password
 */
public record DatabaseSettings(DatabaseKind kind, String name, Optional<String> credentials) {}
