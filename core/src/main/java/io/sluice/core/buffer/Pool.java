package io.sluice.core.buffer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one connection or one request. Everything taken from it is given back when it ends, all at once; nothing is
 * freed one by one. The handles it makes (Bufs, links) are used again by the same pool and by no other, so that a handle
 * kept too long can at worst meet bytes of its own client.
 *
 * <p><b>Thread:</b> the worker's. <b>Owner:</b> the connection or the request; only its owner calls {@link #end()}.
 */
public sealed class Pool permits CountedPool {
    /** Something to do when the pool ends, before its memory is given back. */
    public interface Cleanup {
        void poolEnds();
    }

    /** Null once the pool is closed. */
    private @Nullable Slabs slabs;

    private @Nullable Block blocks;

    /** The handles that are out, youngest first, and those to be used again. */
    private @Nullable Buf used;

    private @Nullable Buf unused;
    private @Nullable Chain freeLinks;
    private @Nullable List<Cleanup> cleanups;

    Pool(Slabs slabs) {
        this.slabs = slabs;
    }

    /**
     * An empty Buf with room for at least so many bytes.
     *
     * @throws IllegalArgumentException for more than {@link Slabs#LARGEST_BLOCK} bytes: what is larger is a chain
     */
    public Buf take(int bytes) {
        Block block = block(bytes);
        return handle(block, 0, block.capacity);
    }

    /** A block of this pool, until it ends. */
    Block block(int bytes) {
        Slabs from = slabs;
        if (from == null) {
            throw new IllegalStateException("this pool has ended with its connection");
        }
        Block block = from.take(bytes);
        block.next = blocks;
        blocks = block;
        return block;
    }

    final boolean isClosed() {
        return slabs == null;
    }

    /** For who keeps count: so many bytes of blocks were given back. */
    void ended(long bytes) {}

    /** An empty Buf over a part of a block. */
    final Buf handle(Block of, int from, int to) {
        Buf buf = handle();
        buf.arm(of, from, from, to, false);
        return buf;
    }

    /** A second view of bytes of a Buf of this worker: its own positions, the same memory, nothing can be put. */
    public Buf view(Buf of, int from, int to) {
        Block block = of.block();
        if (from < of.start() || to > of.last() || from > to) {
            throw new IndexOutOfBoundsException(
                    "view of " + from + " to " + to + " of a Buf with " + of.start() + " to " + of.last());
        }
        Buf buf = handle();
        buf.arm(block, from, to, to, true);
        return buf;
    }

    /**
     * A view of the first free bytes of a Buf, to be filled by a reader that must not get more; what it put is then counted by {@link
     * #filled}.
     */
    public Buf room(Buf of, int bytes) {
        Block block = of.block();
        if (bytes < 0 || bytes > of.room()) {
            throw new IndexOutOfBoundsException("room for " + bytes + " bytes of " + of.room());
        }
        Buf buf = handle();
        buf.arm(block, of.last(), of.last(), of.last() + bytes, false);
        return buf;
    }

    /** Says that bytes were put through a view made by {@link #room}. */
    public void filled(Buf of, int bytes) {
        of.block();
        of.filled(bytes);
    }

    /** A view of bytes that never change. */
    public Buf view(Constant constant) {
        Buf buf = handle();
        buf.arm(constant.block, 0, constant.size(), constant.size(), true);
        return buf;
    }

    /** A range of a file. */
    public Buf file(OpenFile file, long from, long to) {
        Buf buf = handle();
        buf.armFile(file, from, to);
        return buf;
    }

    /** A Buf without bytes, to be given a mark. */
    public Buf mark() {
        Buf buf = handle();
        buf.disarm();
        return buf;
    }

    public Chain link(Buf buf) {
        Chain link = freeLinks;
        if (link == null) {
            return new Chain(buf);
        }
        freeLinks = link.next;
        link.next = null;
        link.buf(buf);
        return link;
    }

    /** Takes one link back, not its Buf. */
    public void free(Chain link) {
        link.next = freeLinks;
        freeLinks = link;
    }

    /** Takes the handle of a view or a mark back, for whoever makes many of them in one request. */
    public void free(Buf handle) {
        handle.disarm();
        Buf younger = null;
        for (Buf buf = used; buf != null; buf = buf.next) {
            if (buf == handle) {
                if (younger == null) {
                    used = buf.next;
                } else {
                    younger.next = buf.next;
                }
                keep(buf);
                return;
            }
            younger = buf;
        }
    }

    /** Runs when the pool ends, the last one added first. */
    public void onEnd(Cleanup cleanup) {
        List<Cleanup> list = cleanups;
        if (list == null) {
            list = new ArrayList<>(2);
            cleanups = list;
        }
        list.add(cleanup);
    }

    /**
     * Runs the cleanups, gives all blocks back and makes every Buf stale. The pool can be used again, for the same client. A cleanup
     * that throws does not stop the others; the first exception is thrown at the end.
     */
    public void end() {
        RuntimeException first = cleanups == null ? null : runCleanups(cleanups);
        Slabs to = slabs;
        long bytes = 0;
        for (Block block = blocks; block != null && to != null; ) {
            Block next = block.next;
            bytes += block.capacity;
            to.giveBack(block);
            block = next;
        }
        blocks = null;
        expireAll();
        ended(bytes);
        if (first != null) {
            throw first;
        }
    }

    private void expireAll() {
        Buf buf = used;
        used = null;
        while (buf != null) {
            Buf older = buf.next;
            buf.expire();
            keep(buf);
            buf = older;
        }
    }

    /** A handle is used again by the same client only; not at all where a plugin's bug is looked for, so that one kept too long stays refused. */
    private void keep(Buf handle) {
        Slabs from = slabs;
        if (from != null && from.debug()) {
            handle.next = null;
            return;
        }
        handle.next = unused;
        unused = handle;
    }

    /** Ends it for good: whoever asks it for memory later has kept what was not its own. */
    public void close() {
        try {
            end();
        } finally {
            slabs = null;
        }
    }

    /** Whether nothing is taken from it. */
    public boolean isEmpty() {
        return blocks == null;
    }

    private static @Nullable RuntimeException runCleanups(List<Cleanup> cleanups) {
        RuntimeException first = null;
        while (!cleanups.isEmpty()) {
            try {
                cleanups.removeLast().poolEnds();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        return first;
    }

    private Buf handle() {
        Buf buf = unused;
        if (buf == null) {
            buf = new Buf();
        } else {
            unused = buf.next;
        }
        buf.next = used;
        used = buf;
        return buf;
    }
}
