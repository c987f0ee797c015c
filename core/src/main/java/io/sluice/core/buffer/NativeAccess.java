package io.sluice.core.buffer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * What a driver needs of a Buf: where its bytes are. Only the worker's {@link Slabs} hand it out, and no plugin meets those. Every
 * call checks the epoch; the address is good until the caller returns to the loop.
 */
public final class NativeAccess {
    NativeAccess() {}

    /** Address of the first unread byte; {@link Buf#size()} bytes may be read. */
    public long readAddress(Buf buf) {
        return buf.block().address + buf.pos();
    }

    /** Address of the first free byte; {@link Buf#room()} bytes may be written, then {@link #filled}. */
    public long writeAddress(Buf buf) {
        return buf.block().address + buf.last();
    }

    /** Says that a driver put bytes where {@link #writeAddress} pointed. */
    public void filled(Buf buf, int bytes) {
        buf.filled(bytes);
    }

    /** Copies bytes from where a driver has received them, as many as there is room for. Answers how many. */
    public int fill(Buf into, MemorySegment from, long offset, int bytes) {
        Block block = into.block();
        int count = Math.min(bytes, into.room());
        MemorySegment.copy(from, offset, block.memory, into.last(), count);
        into.filled(count);
        return count;
    }

    /** The unread bytes as a view that the next call for the same block changes. */
    public ByteBuffer readView(Buf buf) {
        Block block = buf.block();
        // A constant is shared by the workers, and the positions of a view cannot be: each call makes one of its own.
        ByteBuffer view = block.slab == null ? block.memory.asByteBuffer() : block.view();
        return view.limit(buf.last()).position(buf.pos());
    }

    /** The free bytes as a view that the next call for the same block changes. */
    public ByteBuffer writeView(Buf buf) {
        return buf.block().view().limit(buf.end()).position(buf.last());
    }
}
