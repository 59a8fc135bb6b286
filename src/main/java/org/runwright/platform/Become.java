package org.runwright.platform;

import java.util.Optional;

/** The user that commands on a host run as after the login, by sudo (Ansible's become). */
public record Become(String user, Optional<Credential> password) {}
