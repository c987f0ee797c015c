package io.sluice.event.nio;

import java.io.IOException;
import java.nio.channels.Channel;

/** Closes any kind of channel. */
final class NioChannels {
    private NioChannels() {}

    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException closedAnyway) {
            // The descriptor is gone whatever close answers; a failure tells only of bytes that could not be delivered.
        }
    }
}
