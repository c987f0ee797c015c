package io.sluice.stream;

import io.sluice.core.config.Level;

/** Where settings of stream may stand. */
public final class StreamLevels {
    public static final Level STREAM = new Level("stream");
    public static final Level SERVER = STREAM.child("servers");

    private StreamLevels() {}
}
