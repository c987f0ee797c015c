package io.sluice.upstream.health;

import java.util.List;

/** {@code health = passive}: only requests find out whether a peer works, as {@code max-fails} and {@code fail-timeout} say. */
public final class PassiveHealth implements HealthCheck {
    /** What {@code health} calls it. */
    public static final String NAME = "passive";

    public PassiveHealth() {}

    @Override
    public void watch(List<CheckedPeer> peers) {}
}
