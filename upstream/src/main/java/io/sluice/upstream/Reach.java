package io.sluice.upstream;

import io.sluice.core.connection.Address;
import org.jspecify.annotations.Nullable;

/**
 * What makes two connections to one address different, so that they cannot stand for each other. Made at load.
 *
 * @param local the address to bind to, or null for the system's choice
 * @param name whatever else tells them apart, as protocol and TLS name; compared as text, never shown to a peer
 */
public record Reach(@Nullable Address local, String name) {}
