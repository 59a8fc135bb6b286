package org.runwright.platform;

import java.nio.file.Path;
import java.util.Optional;

/** How to log in at a host. */
public record Login(
    String user,
    Optional<Path> keyFile,
    Optional<Credential> passphrase,
    Optional<Credential> password) {}
