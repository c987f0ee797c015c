package io.sluice.upstream.discover;

import io.sluice.core.config.Section;

/**
 * A source of peers that a plugin brought.
 *
 * @param plugin whose it is, for messages
 * @param name what {@code discover} calls it
 */
public record DiscoveryBinding(String plugin, String name, Maker maker) {
    /** Makes the source of one upstream, with the settings that it reads itself. */
    @FunctionalInterface
    public interface Maker {
        /** @param section the upstream's {@code discover} */
        Discovery make(String upstream, PeerSet configured, Section section);
    }
}
