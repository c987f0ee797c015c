package io.sluice.testkit.driver;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** What the other side has sent and the server has not read: bytes that are there, pieces still on their way, the end of the stream. */
final class Arriving {
    private final ArrayDeque<ByteBuffer> there = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> onTheWay = new ArrayDeque<>();
    private int count;
    private boolean ended;

    void add(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        if (onTheWay.isEmpty()) {
            arrived(ByteBuffer.wrap(bytes));
        } else {
            onTheWay.add(ByteBuffer.wrap(bytes));
        }
    }

    /** What comes in pieces is there one piece after the other: the next when the former has been read. */
    void addInPieces(byte[] bytes, int pieceBytes) {
        for (int from = 0; from < bytes.length; from += pieceBytes) {
            onTheWay.add(ByteBuffer.wrap(bytes, from, Math.min(pieceBytes, bytes.length - from)));
        }
    }

    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    /** Lets the next piece arrive if nothing else is there. */
    void step() {
        ByteBuffer next = count == 0 ? onTheWay.poll() : null;
        if (next != null) {
            arrived(next);
        }
    }

    private void arrived(ByteBuffer bytes) {
        there.add(bytes);
        count += bytes.remaining();
    }

    /** Bytes that can be read now. */
    int count() {
        return count;
    }

    /** Whether a read now finds the end. */
    boolean atEnd() {
        return endIsThere() && count == 0;
    }

    /** Whether the end has come, behind bytes that may be unread. */
    boolean endIsThere() {
        return ended && onTheWay.isEmpty();
    }

    /** Bytes that were not read, also those on their way. */
    int unread() {
        return count + onTheWay.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    /** Moves as much as there is, the target has room for, and the limit allows. */
    int read(ByteBuffer into, long limit) {
        int wanted = (int) Math.min(Math.min(into.remaining(), limit), count);
        for (int left = wanted; left > 0; ) {
            ByteBuffer first = there.getFirst();
            int n = Math.min(left, first.remaining());
            into.put(into.position(), first, first.position(), n).position(into.position() + n);
            first.position(first.position() + n);
            left -= n;
            if (!first.hasRemaining()) {
                there.removeFirst();
            }
        }
        count -= wanted;
        return wanted;
    }

    /** A reset drops what was not read. */
    void drop() {
        there.clear();
        onTheWay.clear();
        count = 0;
    }
}
