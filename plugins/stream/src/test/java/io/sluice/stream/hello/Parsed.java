package io.sluice.stream.hello;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Pool;
import io.sluice.core.buffer.Slabs;
import io.sluice.stream.hello.ClientHello.Reading;

/**
 * What a reader made of some bytes.
 *
 * @param read so many of them had come when it knew, or all
 */
record Parsed(Reading reading, String name, String protocols, int version, int read) {
    static Parsed of(byte[] bytes) {
        return inPieces(bytes, Math.max(1, bytes.length));
    }

    /** So many bytes at a time, in one buffer, as they come from a client. */
    static Parsed inPieces(byte[] bytes, int piece) {
        Slabs slabs = new Slabs(new MemoryBudget(1 << 20), true);
        try {
            Pool pool = slabs.pool();
            HelloReader reader = new HelloReader();
            Buf all = pool.take(Math.max(1, bytes.length));
            Reading reading = Reading.MORE;
            int from = 0;
            while (reading == Reading.MORE && from < bytes.length) {
                int count = Math.min(piece, bytes.length - from);
                all.put(bytes, from, count);
                from += count;
                reading = reader.read(all);
            }
            Parsed parsed = new Parsed(
                    reading,
                    reader.hello().name().toString(),
                    reader.hello().protocols().toString(),
                    reader.version(),
                    from);
            pool.close();
            return parsed;
        } finally {
            slabs.close();
        }
    }
}
