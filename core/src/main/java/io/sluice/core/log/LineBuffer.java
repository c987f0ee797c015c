package io.sluice.core.log;

import io.sluice.core.variable.Decimal;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * One worker's way into an access log: bytes are put into a buffer without allocating, and full buffers are handed to the
 * log's thread, which sends the empty ones back. No empty one left means that the disk is too slow: lines are dropped and
 * counted, requests do not wait.
 *
 * <p>Per line {@link #begin}, puts, {@link #commit}; a line that is not committed leaves no trace. The worker calls
 * {@link #flush} at the end of a turn or by a timer.
 *
 * <p><b>Owns</b> its buffers but for those on their way to the file and back; they are made when first needed.
 * <p><b>Thread:</b> the worker's.
 */
public final class LineBuffer {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    /** Those controls that JSON has letters for. */
    private static final String JSON_LETTERS = "\b\f\n\r\t";

    private static final int NO_LINE = -1;

    private final LogFile file;
    private final int blockBytes;
    private final int blocks;
    private final Queue<LogBlock> empties;
    private @Nullable LogBlock block;
    private byte[] bytes = new byte[0];
    private int made;
    private int position;
    private int lineLimit = NO_LINE;

    /**
     * @param blockBytes of one buffer, and so the longest line; at most 65535
     * @param blocks how many buffers it may use
     */
    public LineBuffer(LogFile file, int blockBytes, int blocks) {
        if (blockBytes < 1 || blockBytes >= LogWriter.BATCH_BYTES) {
            throw new IllegalArgumentException(
                    "a buffer must have 1.." + (LogWriter.BATCH_BYTES - 1) + " bytes, not " + blockBytes);
        }
        if (blocks < 1) {
            throw new IllegalArgumentException("blocks must be positive, is " + blocks);
        }
        this.file = file;
        this.blockBytes = blockBytes;
        this.blocks = blocks;
        this.empties = new SpscAtomicArrayQueue<>(blocks);
    }

    /**
     * Starts a line; one that was begun and not committed is forgotten.
     *
     * @param maxBytes the most that will be put, not counting the line end, which is {@link #commit}'s
     * @return false if there is no room, or can be none: the line is counted as dropped and nothing may be put
     */
    public boolean begin(int maxBytes) {
        lineLimit = NO_LINE;
        if (maxBytes >= blockBytes) {
            file.lost(1);
            return false;
        }
        LogBlock current = block;
        if (current != null && current.count + maxBytes >= blockBytes) {
            flush();
            current = block;
        }
        if (current == null) {
            current = empty();
            if (current == null) {
                file.lost(1);
                return false;
            }
            block = current;
            bytes = current.bytes;
        }
        position = current.count;
        lineLimit = position + maxBytes;
        return true;
    }

    public void put(byte value) {
        check(1);
        bytes[position++] = value;
    }

    public void put(byte[] source, int offset, int length) {
        check(length);
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
    }

    /** Text of which each character is one byte; what is more becomes a question mark. */
    public void putAscii(CharSequence text) {
        int length = text.length();
        check(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            bytes[position++] = (byte) (c <= 0xff ? c : '?');
        }
    }

    public void putLong(long value) {
        int length = Decimal.length(value);
        check(length);
        position += length;
        Decimal.put(value, bytes, position);
    }

    /**
     * Bytes of a peer, as nginx writes them to an access log: a quote, a backslash and everything outside of printable
     * ASCII become {@code \xHH}, so they take up to four bytes each and can end neither the field nor the line.
     */
    public void putEscaped(byte[] source, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            int value = source[i] & 0xff;
            if (value >= 0x20 && value < 0x7f && value != '"' && value != '\\') {
                put((byte) value);
            } else {
                check(4);
                bytes[position++] = '\\';
                bytes[position++] = 'x';
                bytes[position++] = HEX[value >> 4];
                bytes[position++] = HEX[value & 0xf];
            }
        }
    }

    /** As the text of a string of JSON; bytes of UTF-8 and whatever else is no control stay as they are. */
    public void putJson(byte[] source, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            int value = source[i] & 0xff;
            int letter = JSON_LETTERS.indexOf(value);
            if (value == '"' || value == '\\' || letter >= 0) {
                check(2);
                bytes[position++] = '\\';
                bytes[position++] = (byte) (letter >= 0 ? "bfnrt".charAt(letter) : value);
            } else if (value < 0x20) {
                check(6);
                bytes[position++] = '\\';
                bytes[position++] = 'u';
                bytes[position++] = '0';
                bytes[position++] = '0';
                bytes[position++] = HEX[value >> 4];
                bytes[position++] = HEX[value & 0xf];
            } else {
                put((byte) value);
            }
        }
    }

    /** How many of the promised bytes may still be put. */
    public int room() {
        return lineLimit - position;
    }

    /** Ends the line that was begun. */
    public void commit() {
        LogBlock current = block;
        if (current == null || lineLimit == NO_LINE) {
            throw new IllegalStateException("no line was begun");
        }
        bytes[position++] = '\n';
        current.count = position;
        current.lines++;
        lineLimit = NO_LINE;
    }

    /** Whether there are committed lines that were not handed over yet. */
    public boolean hasLines() {
        LogBlock current = block;
        return current != null && current.count > 0;
    }

    /** Whether a buffer that was handed over has not come back: its lines are still to be written. */
    public boolean inFlight() {
        return made > empties.size() + (block == null ? 0 : 1);
    }

    /** Hands over what was committed. A line that was begun and not committed is forgotten. */
    public void flush() {
        LogBlock current = block;
        lineLimit = NO_LINE;
        if (current == null || current.count == 0) {
            return;
        }
        if (file.offer(current)) {
            block = null;
        } else {
            // The queue has counted the lines as lost; the buffer is still ours.
            current.clear();
        }
    }

    private @Nullable LogBlock empty() {
        LogBlock returned = empties.poll();
        if (returned != null) {
            returned.clear();
            return returned;
        }
        if (made == blocks) {
            return null;
        }
        made++;
        return LogBlock.buffer(blockBytes, empties);
    }

    private void check(int length) {
        if (position + length > lineLimit) {
            throw new IllegalStateException("the line was to have at most its promised bytes, or was not begun");
        }
    }
}
