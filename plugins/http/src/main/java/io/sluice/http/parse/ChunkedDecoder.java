package io.sluice.http.parse;

import org.jspecify.annotations.Nullable;

/**
 * Finds chunk data, and the end of the message, in a chunked body (RFC 9112, 7.1). Accepts what the grammar accepts:
 * CRLF as the only line end, hexadecimal digits as the only size.
 *
 * <p>There are two ways to use it. {@link #decode} is for bytes that are all in an array: it answers a piece of data
 * after the other. {@link #frame} is for data that stays where it was received: it consumes only what stands between
 * the data; the caller then moves up to {@link #dataRemaining} bytes by itself and says so by {@link #skipData}.
 *
 * <p>Nothing needs to be kept between calls: each call takes all bytes up to {@link #position()}. It allocates only
 * for a trailer section, when the first one comes, and throws nothing on bad input.
 *
 * <p><b>Thread:</b> one worker. Reusable after {@link #reset()}.
 */
public final class ChunkedDecoder {

    /** Why a call returned. */
    public enum Event {
        /** There is chunk data. */
        DATA,
        /** All bytes are taken, and the message goes on. */
        MORE,
        /** The message ended at the position. */
        DONE,
        /** The body is refused for the decoder's fault. Final. */
        BAD
    }

    private enum State {
        /** At or in a chunk size. */
        SIZE,
        EXTENSION,
        /** Behind the CR of a size line. */
        SIZE_CR,
        DATA,
        DATA_END,
        /** Behind the CR that follows data. */
        DATA_CR,
        /** Behind the line of the last chunk: the empty line or a trailer. */
        LAST,
        /** Behind the CR of an empty line without trailers before it. */
        LAST_CR,
        TRAILERS,
        DONE,
        BAD
    }

    private static final int MOST_DIGITS = 16;
    /** A size with one of these bits set grows past a long by one more digit. */
    private static final long FULL = 0xfL << 59;

    private final ChunkLimits limits;
    private final KnownHeaders known;
    private final ChunkExtension extension = new ChunkExtension();
    private @Nullable Trailers trailers;

    private State state = State.SIZE;
    private Fault fault = Fault.NONE;
    private int digits;
    private int extensionBytes;
    private long remaining;
    private boolean hasTrailers;
    private int position;
    private int dataOffset;
    private int dataLength;

    public ChunkedDecoder(ChunkLimits limits, KnownHeaders known) {
        this.limits = limits;
        this.known = known;
    }

    /** Forgets everything; the next call begins a body. */
    public void reset() {
        state = State.SIZE;
        fault = Fault.NONE;
        digits = 0;
        extensionBytes = 0;
        remaining = 0;
        hasTrailers = false;
        position = 0;
        dataOffset = 0;
        dataLength = 0;
    }

    /**
     * Takes bytes of {@code in[from, to)} until a piece of data, the end, a fault, or no byte is left.
     *
     * @return DATA: {@link #dataLength()} bytes from {@link #dataOffset()} on are data, and are taken
     */
    public Event decode(byte[] in, int from, int to) {
        Event event = frame(in, from, to);
        if (event != Event.DATA) {
            return event;
        }
        int length = (int) Math.min(remaining, to - position);
        if (length == 0) {
            return Event.MORE;
        }
        dataOffset = position;
        dataLength = length;
        position += length;
        skipData(length);
        return Event.DATA;
    }

    /**
     * Takes bytes of {@code in[from, to)} until the next one is data.
     *
     * @return DATA: at the position, which may be {@code to}, {@link #dataRemaining()} bytes of data begin
     */
    public Event frame(byte[] in, int from, int to) {
        int i = from;
        while (i < to && state != State.DATA && state != State.DONE && state != State.BAD) {
            if (state == State.TRAILERS) {
                i += trailer(in, i, to);
            } else if (step(in[i])) {
                i++;
            }
        }
        position = i;
        return switch (state) {
            case DATA -> Event.DATA;
            case DONE -> Event.DONE;
            case BAD -> Event.BAD;
            case SIZE, EXTENSION, SIZE_CR, DATA_END, DATA_CR, LAST, LAST_CR, TRAILERS -> Event.MORE;
        };
    }

    /** The caller moved the next {@code bytes} of data, at most {@link #dataRemaining()}. */
    public void skipData(long bytes) {
        if (bytes < 0 || bytes > dataRemaining()) {
            throw new IllegalArgumentException(bytes + " bytes of data, but there are " + dataRemaining());
        }
        remaining -= bytes;
        if (remaining == 0 && state == State.DATA) {
            state = State.DATA_END;
        }
    }

    /** @return whether the byte is taken; if not, the state has changed */
    private boolean step(byte b) {
        switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case SIZE_CR -> {
                if (b != Octets.LF) {
                    return bad(Fault.BARE_CR);
                }
                digits = 0;
                state = remaining == 0 ? State.LAST : State.DATA;
            }
            case DATA_END -> expect(b, Octets.CR, State.DATA_CR, Fault.BAD_CHUNK_END);
            case DATA_CR -> expect(b, Octets.LF, State.SIZE, Fault.BAD_CHUNK_END);
            case LAST -> {
                if (b != Octets.CR) {
                    beginTrailers();
                    return false;
                }
                state = State.LAST_CR;
            }
            case LAST_CR -> expect(b, Octets.LF, State.DONE, Fault.BARE_CR);
            case DATA, TRAILERS, DONE, BAD -> {}
        }
        return state != State.BAD;
    }

    private void expect(byte b, byte expected, State next, Fault otherwise) {
        if (b == expected) {
            state = next;
        } else {
            bad(otherwise);
        }
    }

    private void size(byte b) {
        int digit = Octets.hex(b);
        if (digit >= 0) {
            if (digits == MOST_DIGITS || (remaining & FULL) != 0) {
                bad(Fault.BAD_CHUNK_SIZE);
                return;
            }
            remaining = (remaining << 4) | digit;
            digits++;
        } else if (digits == 0) {
            bad(Fault.BAD_CHUNK_SIZE);
        } else if (b == Octets.CR) {
            state = State.SIZE_CR;
        } else if (b == ';' || Octets.isBlank(b)) {
            state = State.EXTENSION;
            extension.begin();
            extension(b);
        } else {
            bad(b == Octets.LF ? Fault.BARE_LF : Fault.BAD_CHUNK_SIZE);
        }
    }

    private void extension(byte b) {
        if (b == Octets.CR && extension.mayEnd()) {
            state = State.SIZE_CR;
        } else if (!extension.add(b)) {
            bad(Fault.BAD_CHUNK_EXTENSION);
        } else if (++extensionBytes > limits.extensionBytes()) {
            bad(Fault.CHUNK_EXTENSIONS_TOO_LONG);
        }
    }

    private void beginTrailers() {
        Trailers section = trailers;
        if (section == null) {
            section = new Trailers(limits, known);
            trailers = section;
        }
        section.reset();
        hasTrailers = true;
        state = State.TRAILERS;
    }

    /** @return how many bytes the trailer section took */
    private int trailer(byte[] in, int from, int to) {
        Trailers section = trailers;
        if (section == null) {
            throw new IllegalStateException("no trailer section was begun");
        }
        int taken = section.take(in, from, to);
        if (taken < 0) {
            bad(section.fault());
            return 0;
        }
        if (section.complete()) {
            state = State.DONE;
        }
        return taken;
    }

    private boolean bad(Fault why) {
        fault = why;
        state = State.BAD;
        return false;
    }

    /** Where the next byte to be taken is, in the array of the last call. After DONE it is no more of this message. */
    public int position() {
        return position;
    }

    public int dataOffset() {
        return dataOffset;
    }

    public int dataLength() {
        return dataLength;
    }

    /** @return how much data of the current chunk is still to come; 0 outside of data */
    public long dataRemaining() {
        return state == State.DATA ? remaining : 0;
    }

    /** @return whether the message has ended; if the peer closes before, the body is cut short */
    public boolean done() {
        return state == State.DONE;
    }

    /** @return {@link Fault#NONE} unless the body was refused */
    public Fault fault() {
        return fault;
    }

    /** @return lends the trailer section, or null if the message has none or has not ended */
    public @Nullable Trailers trailers() {
        return hasTrailers && state == State.DONE ? trailers : null;
    }
}
