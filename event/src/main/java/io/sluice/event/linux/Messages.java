package io.sluice.event.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of {@code struct mmsghdr} for recvmmsg and sendmmsg, with the {@code struct iovec}s that it points to. The same on every
 * 64-bit Linux.
 *
 * <p><b>Thread:</b> the one it was made for.
 */
public final class Messages {
    /** Of one {@code mmsghdr}: a msghdr, how many bytes were moved, and four bytes of nothing. */
    static final int BYTES = 64;

    private static final int NAME = 0;
    private static final int NAME_BYTES = 8;
    private static final int PIECES = 16;
    private static final int PIECE_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_BYTES = 40;
    private static final int FLAGS = 48;
    private static final int MOVED = 56;
    private static final int PIECE_BYTES = 16;

    private final MemorySegment headers;
    private final MemorySegment pieces;

    /** @param pieceCount of all messages together */
    public Messages(Arena arena, int messageCount, int pieceCount) {
        headers = arena.allocate((long) messageCount * BYTES, Long.BYTES);
        pieces = arena.allocate((long) pieceCount * PIECE_BYTES, Long.BYTES);
    }

    /** Of the first message. */
    public long address() {
        return headers.address();
    }

    /** Whom a message is for, or where the sender's address is put, with the room there. */
    public void name(int message, long address, int bytes) {
        headers.set(JAVA_LONG, at(message, NAME), address);
        headers.set(JAVA_INT, at(message, NAME_BYTES), bytes);
    }

    /** How long the sender's address is. */
    public int nameBytes(int message) {
        return headers.get(JAVA_INT, at(message, NAME_BYTES));
    }

    /** Where control data is, or is put. */
    public void control(int message, long address, int bytes) {
        headers.set(JAVA_LONG, at(message, CONTROL), address);
        headers.set(JAVA_LONG, at(message, CONTROL_BYTES), bytes);
    }

    /** How much control data has come. */
    public int controlBytes(int message) {
        return (int) headers.get(JAVA_LONG, at(message, CONTROL_BYTES));
    }

    /** Sets a piece: where bytes are, or are put. */
    public void piece(int piece, long address, long bytes) {
        pieces.set(JAVA_LONG, (long) piece * PIECE_BYTES, address);
        pieces.set(JAVA_LONG, (long) piece * PIECE_BYTES + Long.BYTES, bytes);
    }

    /** Which pieces are a message's. */
    public void pieces(int message, int first, int count) {
        headers.set(JAVA_LONG, at(message, PIECES), pieces.address() + (long) first * PIECE_BYTES);
        headers.set(JAVA_LONG, at(message, PIECE_COUNT), count);
    }

    /** {@code MSG_TRUNC} and the like, as the system left them. */
    public int flags(int message) {
        return headers.get(JAVA_INT, at(message, FLAGS));
    }

    /** How many bytes of a message were received. */
    public int moved(int message) {
        return headers.get(JAVA_INT, at(message, MOVED));
    }

    private static long at(int message, int offset) {
        return (long) message * BYTES + offset;
    }
}
