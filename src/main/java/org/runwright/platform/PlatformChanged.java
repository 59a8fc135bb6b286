package org.runwright.platform;

/** Another version of the platform is in force. Published after each change, not at the start. */
public record PlatformChanged(Platform platform) {}
