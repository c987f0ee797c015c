package io.sluice.stream.limit;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.stream.StreamSession;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions there are of each key.
 *
 * <p><b>Thread:</b> any; one for all workers, so that a limit is exact.
 */
final class LimitZone {
    /** A value of the zone's text. */
    private static final class Key {
        private final byte[] bytes;
        private final int hash;

        Key(byte[] bytes) {
            this.bytes = bytes;
            this.hash = Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** The right of one session to be: to be given back once. */
    final class Place {
        private final Key key;
        private final AtomicInteger count;

        private Place(Key key, AtomicInteger count) {
            this.key = key;
            this.count = count;
        }

        void giveBack() {
            if (count.decrementAndGet() == 0) {
                counts.remove(key, count);
            }
        }
    }

    private final String name;
    private final Template<StreamSession> text;
    private final int mostKeys;
    private final ConcurrentHashMap<Key, AtomicInteger> counts = new ConcurrentHashMap<>();

    LimitZone(String name, Template<StreamSession> text, int mostKeys) {
        this.name = name;
        this.text = text;
        this.mostKeys = mostKeys;
    }

    String name() {
        return name;
    }

    Template<StreamSession> text() {
        return text;
    }

    /** Answers null if there are so many already, or no room for another key. */
    @Nullable
    Place take(BytesSink value, int most) {
        Key key = new Key(value.toBytes());
        while (true) {
            AtomicInteger count = counts.get(key);
            if (count == null) {
                if (counts.size() >= mostKeys) {
                    return null;
                }
                count = new AtomicInteger(1);
                if (counts.putIfAbsent(key, count) == null) {
                    return new Place(key, count);
                }
                continue;
            }
            int now = count.get();
            if (now >= most) {
                return null;
            }
            if (now == 0) {
                // The last of them leaves: its count is about to go.
                counts.remove(key, count);
            } else if (count.compareAndSet(now, now + 1)) {
                return new Place(key, count);
            }
        }
    }

    /** Keys of which there are sessions. */
    int keys() {
        return counts.size();
    }
}
