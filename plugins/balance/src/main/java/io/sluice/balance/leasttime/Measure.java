package io.sluice.balance.leasttime;

import io.sluice.upstream.balance.PeerEvent;
import org.jspecify.annotations.Nullable;

/** Until when the time of an attempt is taken. */
public enum Measure {
    /** Until the connection is there; told by consumers with sessions. */
    CONNECT(PeerEvent.CONNECTED),
    /** Until the first byte of an answer; told by consumers that do not know where its head ends. */
    FIRST_BYTE(PeerEvent.FIRST_BYTE),
    /** Until the head of the answer is complete. */
    HEADER(PeerEvent.HEADER),
    /** Until the peer is given back. */
    LAST_BYTE(null);

    private final @Nullable PeerEvent event;

    Measure(@Nullable PeerEvent event) {
        this.event = event;
    }

    boolean endsWith(PeerEvent told) {
        return event == told;
    }
}
