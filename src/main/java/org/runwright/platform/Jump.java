package org.runwright.platform;

/** One hop of OpenSSH's ProxyJump: {@code [user@]address[:port]}. */
public record Jump(String user, String address, int port) {}
