package io.sluice.http;

import io.sluice.core.time.CachedTime;
import java.nio.charset.StandardCharsets;

/** The lines {@code Server} and {@code Date}, made once per second. */
final class ServerHeader {
    private static final byte[] BEFORE = "Server: sluice\r\nDate: ".getBytes(StandardCharsets.US_ASCII);

    private final CachedTime time;
    private byte[] date = {};
    private byte[] lines = {};

    ServerHeader(CachedTime time) {
        this.time = time;
    }

    /** Lent: must not be changed. */
    byte[] lines() {
        byte[] now = time.httpDate();
        if (now != date) {
            byte[] made = new byte[BEFORE.length + now.length + 2];
            System.arraycopy(BEFORE, 0, made, 0, BEFORE.length);
            System.arraycopy(now, 0, made, BEFORE.length, now.length);
            made[made.length - 2] = '\r';
            made[made.length - 1] = '\n';
            date = now;
            lines = made;
        }
        return lines;
    }
}
