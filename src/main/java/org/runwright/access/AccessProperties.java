package org.runwright.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of who may log in.
 *
 * @param demoUsers makes the people {@code admin}, {@code operator}, {@code approver} and {@code
 *     viewer}, each with its own name as password; for the demo only, refused unless the server
 *     listens on a loopback address. A later start without it removes them.
 */
@ConfigurationProperties("runwright.access")
public record AccessProperties(@DefaultValue("false") boolean demoUsers) {}
