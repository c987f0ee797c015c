package io.sluice.upstream.sticky;

import io.sluice.core.config.Section;

/**
 * A stickiness that a plugin brought.
 *
 * @param plugin whose it is, for messages
 * @param name the key in {@code sticky} that chooses it
 */
public record StickinessBinding(String plugin, String name, Maker maker) {
    /** Makes the stickiness of one upstream, with the settings that it reads itself. */
    @FunctionalInterface
    public interface Maker {
        /** @param section the upstream's {@code sticky}, in which the name stands as a key */
        Stickiness make(String upstream, Section section);
    }
}
