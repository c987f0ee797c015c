package io.sluice.core.buffer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bounded view of bytes that a {@link Pool} owns, as {@code ngx_buf_t} is: unread bytes from {@link #pos()} to {@link #last()},
 * room from there to {@link #end()}; or a range of a file; or no bytes and a mark. Positions count from the start of the block.
 *
 * <p>Every access checks the bounds and the epoch: a Buf kept after its pool ended throws {@link StaleBufException}, one used out
 * of bounds {@link IndexOutOfBoundsException}, in production as in tests.
 *
 * <p><b>Thread:</b> the worker of the connection.
 */
public final class Buf {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    // One byte of flags: an idle connection keeps the handles of its last request.
    private static final int READ_ONLY = 1;
    private static final int IN_FILE = 2;
    private static final int FLUSH = 4;
    private static final int RECYCLED = 8;
    private static final int LAST_BUF = 16;
    private static final int LAST_IN_CHAIN = 32;

    private @Nullable Block block;
    private int epoch;
    private int start;
    private int pos;
    private int last;
    private int end;
    private byte flags;
    private @Nullable FilePart part;
    private @Nullable Object tag;

    /** Next in its pool's list of handles: of those in use, or of those to be used again. */
    @Nullable
    Buf next;

    Buf() {}

    void arm(Block of, int from, int to, int limit, boolean constant) {
        block = of;
        epoch = of.epoch;
        start = from;
        pos = from;
        last = to;
        end = limit;
        flags = constant ? (byte) READ_ONLY : 0;
        leaveFile();
        tag = null;
    }

    void armFile(OpenFile source, long from, long to) {
        disarm();
        FilePart kept = part;
        if (kept == null) {
            kept = new FilePart();
            part = kept;
        }
        kept.file = source;
        kept.pos = from;
        kept.last = to;
        flags = IN_FILE;
    }

    private void leaveFile() {
        FilePart kept = part;
        if (kept != null) {
            kept.file = null;
        }
    }

    void disarm() {
        block = null;
        leaveFile();
        tag = null;
        start = 0;
        pos = 0;
        last = 0;
        end = 0;
        flags = 0;
    }

    /** The pool has ended: remembers the block only to say who gave it back. */
    void expire() {
        Block former = block;
        disarm();
        if (former != null) {
            block = former;
            epoch = former.epoch - 1;
        }
    }

    Block block() {
        Block current = block;
        if (current == null || current.epoch != epoch) {
            throw stale(current);
        }
        return current;
    }

    /** First unread byte. */
    public int pos() {
        return pos;
    }

    /** One past the last byte that was put. */
    public int last() {
        return last;
    }

    /** Where the view begins. */
    public int start() {
        return start;
    }

    /** Where the view ends. */
    public int end() {
        return end;
    }

    /** Unread bytes, in memory or in the file. */
    public long size() {
        FilePart range = part;
        return inFile() && range != null ? range.last - range.pos : last - pos;
    }

    /** Bytes that can still be put. */
    public int room() {
        return is(READ_ONLY) ? 0 : end - last;
    }

    /** Whether it holds no bytes but says something: flush, end. Any other Buf without bytes in a chain is a bug. */
    public boolean isSpecial() {
        return !inFile() && pos == last && (flags & (FLUSH | LAST_BUF | LAST_IN_CHAIN)) != 0;
    }

    public boolean inFile() {
        return is(IN_FILE);
    }

    /** @throws IllegalStateException if the bytes are in memory */
    public OpenFile file() {
        FilePart range = part;
        OpenFile source = range == null ? null : range.file;
        if (source == null) {
            throw new IllegalStateException("the bytes of this Buf are in memory");
        }
        return source;
    }

    /** Where in the file the unsent bytes begin. */
    public long filePos() {
        FilePart range = part;
        return range == null ? 0 : range.pos;
    }

    /** The byte at a position from {@link #start()} to before {@link #last()}. */
    public byte get(int position) {
        Block from = block();
        checkRead(position, 1);
        return from.memory.get(BYTE, position);
    }

    /** Copies bytes out, from a position on. */
    public void get(int position, byte[] into, int offset, int length) {
        Block from = block();
        checkRead(position, length);
        MemorySegment.copy(from.memory, BYTE, position, into, offset, length);
    }

    /** The bytes of a range as text, one char per byte. Allocates: not for a hot path. */
    public String text(int position, int length) {
        // Before anything is allocated: what is out of bounds must not be out of memory.
        checkRead(position, length);
        byte[] copy = new byte[length];
        get(position, copy, 0, length);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }

    /** All unread bytes as text, one char per byte. Allocates: not for a hot path. */
    public String text() {
        return text(pos, last - pos);
    }

    /** Changes a byte that was put before. */
    public void set(int position, byte value) {
        Block to = block();
        checkRead(position, 1);
        checkWritable();
        to.memory.set(BYTE, position, value);
    }

    public void put(byte value) {
        Block to = block();
        checkRoom(1);
        to.memory.set(BYTE, last, value);
        last++;
    }

    public void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    public void put(byte[] bytes, int offset, int length) {
        Block to = block();
        checkRoom(length);
        MemorySegment.copy(bytes, offset, to.memory, BYTE, last, length);
        last += length;
    }

    /** Copies bytes of another Buf, whose positions stay as they are. */
    public void put(Buf from, int position, int length) {
        Block to = block();
        Block source = from.block();
        from.checkRead(position, length);
        checkRoom(length);
        MemorySegment.copy(source.memory, position, to.memory, last, length);
        last += length;
    }

    /** Copies bytes out, from a position on, to where a ByteBuffer is, which moves on. */
    public void get(int position, ByteBuffer into, int length) {
        Block from = block();
        checkRead(position, length);
        int at = into.position();
        into.put(at, from.wholeView(), position, length);
        into.position(at + length);
    }

    /** Copies bytes in from where a ByteBuffer is, which moves on. */
    public void put(ByteBuffer from, int length) {
        Block to = block();
        checkRoom(length);
        int at = from.position();
        to.wholeView().put(last, from, at, length);
        from.position(at + length);
        last += length;
    }

    /** Text of which each character is one byte. What is more becomes a question mark: cut to its low byte it could be a line end. */
    public void putAscii(String text) {
        int length = text.length();
        Block to = block();
        checkRoom(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            to.memory.set(BYTE, last + i, (byte) (c <= 0xff ? c : '?'));
        }
        last += length;
    }

    /** Marks unread bytes as read; for a file moves the range. */
    public void advance(long bytes) {
        FilePart range = part;
        if (inFile() && range != null) {
            range.pos += Objects.checkIndex(bytes, size() + 1);
            return;
        }
        if (bytes < 0 || bytes > last - pos) {
            throw new IndexOutOfBoundsException(
                    "cannot advance by " + bytes + " over " + (last - pos) + " unread bytes");
        }
        pos += (int) bytes;
    }

    /** Keeps the first so many unread bytes only, in memory or of the file's range. */
    public void shorten(long bytes) {
        if (bytes < 0 || bytes > size()) {
            throw new IndexOutOfBoundsException("cannot shorten " + size() + " unread bytes to " + bytes);
        }
        FilePart range = part;
        if (inFile() && range != null) {
            range.last = range.pos + bytes;
        } else {
            last = pos + (int) bytes;
        }
    }

    /** Forgets the last bytes that were put. */
    public void truncate(int newLast) {
        if (newLast < pos || newLast > last) {
            throw new IndexOutOfBoundsException("cannot truncate to " + newLast);
        }
        last = newLast;
    }

    /** Makes the whole view free again. */
    public Buf clear() {
        block();
        checkWritable();
        pos = start;
        last = start;
        return this;
    }

    /** Goes back to the first byte, to send the same bytes once more. */
    public void rewind() {
        block();
        pos = start;
    }

    void filled(int bytes) {
        checkRoom(bytes);
        last += bytes;
    }

    /** Push everything up to here. */
    public boolean flush() {
        return is(FLUSH);
    }

    public Buf flush(boolean on) {
        return mark(FLUSH, on);
    }

    /** Whoever made it waits for its memory: it is not held back for more output, but a stream need not be flushed for it. */
    public boolean recycled() {
        return is(RECYCLED);
    }

    public Buf recycled(boolean on) {
        return mark(RECYCLED, on);
    }

    /** The end of the whole response, or of this direction of a stream. */
    public boolean lastBuf() {
        return is(LAST_BUF);
    }

    public Buf lastBuf(boolean on) {
        return mark(LAST_BUF, on);
    }

    /** The end of the output of one request or subrequest. */
    public boolean lastInChain() {
        return is(LAST_IN_CHAIN);
    }

    public Buf lastInChain(boolean on) {
        return mark(LAST_IN_CHAIN, on);
    }

    /** Whose it is, so that the one who made it finds it again when it was sent. */
    public @Nullable Object tag() {
        return tag;
    }

    public void tag(@Nullable Object owner) {
        tag = owner;
    }

    private boolean is(int flag) {
        return (flags & flag) != 0;
    }

    private Buf mark(int flag, boolean on) {
        flags = (byte) (on ? flags | flag : flags & ~flag);
        return this;
    }

    private void checkRead(int position, int length) {
        if (position < start || length < 0 || position > last - length) {
            throw new IndexOutOfBoundsException("bytes " + position + " to " + (position + (long) length)
                    + " of a Buf with " + start + " to " + last);
        }
    }

    private void checkRoom(int bytes) {
        if (bytes < 0 || bytes > end - last || is(READ_ONLY)) {
            throw new IndexOutOfBoundsException(
                    is(READ_ONLY)
                            ? "this Buf is read-only"
                            : bytes + " bytes do not fit into a Buf with room for " + (end - last));
        }
    }

    private void checkWritable() {
        if (is(READ_ONLY)) {
            throw new IndexOutOfBoundsException("this Buf is read-only");
        }
    }

    private static StaleBufException stale(@Nullable Block block) {
        return new StaleBufException(block == null ? null : block.givenBackBy);
    }
}
