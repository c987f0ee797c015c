package io.sluice.upstream.discover;

import io.sluice.core.connection.Address;

/**
 * One peer as its source tells of it.
 *
 * @param server as the configuration writes it; peers that one host name stands for share it
 */
public record PeerSpec(Address address, String server, PeerTerms terms) {}
