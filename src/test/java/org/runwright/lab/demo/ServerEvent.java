package org.runwright.lab.demo;

/**
 * One server-sent event.
 *
 * @param id the last id the server gave, to resume after; empty if it gave none yet
 * @param name {@code message} if the server gave none
 * @param data its lines joined by line feeds
 */
record ServerEvent(String id, String name, String data) {}
