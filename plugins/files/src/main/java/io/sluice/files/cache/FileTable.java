package io.sluice.files.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Files by name, and in the order of their last use. Looking one up makes no garbage.
 *
 * <p><b>Thread:</b> the worker's. <b>Invariant:</b> each file is in one bucket and once in the order; {@code size <= most}.
 */
final class FileTable {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final int most;
    private final long seed;
    private final @Nullable KnownFile[] buckets;
    private @Nullable KnownFile newest;
    private @Nullable KnownFile oldest;
    private int size;

    /** @param seed unknown to clients, who could otherwise choose names that all fall into one bucket */
    FileTable(int most, long seed) {
        this.most = most;
        this.seed = seed;
        this.buckets = new KnownFile[Integer.highestOneBit(most) * 2];
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size >= most;
    }

    @Nullable
    KnownFile oldest() {
        return oldest;
    }

    int hash(byte[] name, int length) {
        long hash = seed ^ length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            hash = (hash ^ (long) WORDS.get(name, i)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        for (; i < length; i++) {
            hash = (hash ^ name[i]) * MULTIPLIER;
        }
        return (int) (hash ^ hash >>> 29);
    }

    @Nullable
    KnownFile find(int hash, byte[] name, int length) {
        KnownFile file = buckets[hash & buckets.length - 1];
        while (file != null) {
            if (file.hash == hash && Arrays.equals(file.name, 0, file.name.length, name, 0, length)) {
                return file;
            }
            file = file.nextInBucket;
        }
        return null;
    }

    /** The name must not be there yet. */
    void add(KnownFile file) {
        int bucket = file.hash & buckets.length - 1;
        file.nextInBucket = buckets[bucket];
        buckets[bucket] = file;
        size++;
        append(file);
    }

    void remove(KnownFile file) {
        int bucket = file.hash & buckets.length - 1;
        KnownFile before = null;
        for (KnownFile each = buckets[bucket]; each != file; each = each.nextInBucket) {
            if (each == null) {
                throw new IllegalStateException("the file is not in the table");
            }
            before = each;
        }
        if (before == null) {
            buckets[bucket] = file.nextInBucket;
        } else {
            before.nextInBucket = file.nextInBucket;
        }
        file.nextInBucket = null;
        size--;
        unlink(file);
    }

    /** Makes it the one used last. */
    void touch(KnownFile file) {
        if (newest != file) {
            unlink(file);
            append(file);
        }
    }

    private void append(KnownFile file) {
        KnownFile former = newest;
        file.older = former;
        file.newer = null;
        if (former == null) {
            oldest = file;
        } else {
            former.newer = file;
        }
        newest = file;
    }

    private void unlink(KnownFile file) {
        KnownFile older = file.older;
        KnownFile newer = file.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        file.older = null;
        file.newer = null;
    }
}
