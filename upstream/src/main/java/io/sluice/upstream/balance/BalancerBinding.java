package io.sluice.upstream.balance;

/**
 * A balancer that a plugin brought.
 *
 * @param plugin whose it is, for messages
 * @param name what {@code balance} calls it
 */
public record BalancerBinding(String plugin, String name, Balancer.Factory factory) {}
