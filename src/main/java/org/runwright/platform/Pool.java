package org.runwright.platform;

/**
 * The part of a load balancer that sends customers to a service.
 *
 * @param balancer the service of the map that is the balancer; only HAProxy is spoken to
 * @param backend the balancer's name for the pool
 * @param server what the balancer calls a host of the service; {@code {host}} stands for its name
 *     in the inventory
 * @param socket path of HAProxy's runtime socket on the balancer's hosts
 * @param minHealthy how many other servers of the pool have to be healthy before one is taken out
 */
public record Pool(String balancer, String backend, String server, String socket, int minHealthy) {

  /** The place of the host's name in {@link #server}. */
  public static final String HOST = "{host}";

  /** What the balancer calls the service on a host. */
  public String serverOn(Host host) {
    return server.replace(HOST, host.name());
  }
}
