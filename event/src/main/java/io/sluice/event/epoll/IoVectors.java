package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.connection.Endpoint;
import io.sluice.event.linux.MsgHdr;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The array of {@code struct iovec} for one call of readv, writev or sendmsg: an address and a length each. Filled anew for each
 * call.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class IoVectors {
    private static final int BYTES = 2 * Long.BYTES;

    private final NativeAccess memory;
    private final MemorySegment array;
    private final MemorySegment message;
    final long address;

    IoVectors(NativeAccess memory, Arena arena) {
        this.memory = memory;
        this.array = arena.allocate((long) Endpoint.GATHER * BYTES, Long.BYTES);
        this.address = array.address();
        this.message = arena.allocate(MsgHdr.BYTES, Long.BYTES);
    }

    /**
     * The unread bytes of the Bufs up to the first file; the last vector is cut at the limit. Answers how many vectors
     * there are.
     */
    int unread(@Nullable Chain chain, long limit) {
        int count = 0;
        long left = limit;
        for (Chain link = chain; link != null && left > 0 && count < Endpoint.GATHER; link = link.next()) {
            Buf buf = link.buf();
            if (buf.inFile()) {
                break;
            }
            long size = Math.min(buf.size(), left);
            if (size > 0) {
                put(count++, memory.readAddress(buf), size);
                left -= size;
            }
        }
        return count;
    }

    /** The free bytes of the Bufs; the last vector is cut at the limit. Answers how many vectors there are. */
    int free(@Nullable Chain chain, long limit) {
        int count = 0;
        long left = limit;
        for (Chain link = chain; link != null && left > 0 && count < Endpoint.GATHER; link = link.next()) {
            Buf buf = link.buf();
            long room = Math.min(buf.room(), left);
            if (room > 0) {
                put(count++, memory.writeAddress(buf), room);
                left -= room;
            }
        }
        return count;
    }

    /** Tells the Bufs of a chain, in order, about bytes that were put into their free space. */
    void filled(@Nullable Chain chain, long bytes) {
        long left = bytes;
        for (Chain link = chain; link != null && left > 0; link = link.next()) {
            Buf buf = link.buf();
            int part = (int) Math.min(buf.room(), left);
            if (part > 0) {
                memory.filled(buf, part);
                left -= part;
            }
        }
    }

    /** The address of a message of the first vectors. */
    long message(int count) {
        MsgHdr.put(message, address, count);
        return message.address();
    }

    /** Where the first vector points to. */
    long firstAddress() {
        return array.get(JAVA_LONG, 0);
    }

    /** Bytes of the first vector. */
    long firstLength() {
        return array.get(JAVA_LONG, Long.BYTES);
    }

    private void put(int index, long start, long length) {
        array.set(JAVA_LONG, (long) index * BYTES, start);
        array.set(JAVA_LONG, (long) index * BYTES + Long.BYTES, length);
    }
}
