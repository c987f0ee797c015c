package io.sluice.upstream.health;

import io.sluice.core.config.Section;

/**
 * A check of peers that a plugin brought.
 *
 * @param plugin whose it is, for messages
 * @param name what {@code health} calls it
 */
public record HealthBinding(String plugin, String name, Maker maker) {
    /** Makes the check of one upstream, with the settings that it reads itself. */
    @FunctionalInterface
    public interface Maker {
        /** @param section the upstream's {@code health} */
        HealthCheck make(String upstream, Section section);
    }
}
