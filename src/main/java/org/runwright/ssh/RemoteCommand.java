package org.runwright.ssh;

import java.util.List;

/**
 * A command for a host's POSIX shell.
 *
 * @param script shell text, fixed by the product or by who wrote the runbook, never by who runs it
 * @param arguments reach the script as {@code $1}, {@code $2} …, whatever they hold
 * @param become whether it runs as the host's become user
 */
public record RemoteCommand(String script, List<String> arguments, boolean become) {}
