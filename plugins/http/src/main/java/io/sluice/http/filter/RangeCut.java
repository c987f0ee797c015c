package io.sluice.http.filter;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.core.time.Randomness;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.Digits;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of an answer's body its client gets: decided by the range filter at the bottom, which sees the header as it is sent, carried
 * out by the one at the top, which sees the body as it is made. Kept for a client from request to request.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class RangeCut {
    static final WorkerKey<RangeCut> KEY = WorkerKey.of("ranges");

    /** Largest {@code 1-2/3} with what follows it, in one part's head. */
    static final int PART_BYTES = 64;

    /** What the heads of all parts have in common, and the end: a type that does not fit takes a block of its own. */
    static final int SHARED_BYTES = 512;

    private static final byte[] DASHES = ascii("\r\n--");
    private static final byte[] TYPE = ascii("\r\nContent-Type: ");
    private static final byte[] RANGE = ascii("\r\nContent-Range: bytes ");
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");
    private static final byte[] CLOSING = ascii("--\r\n");
    private static final int BOUNDARY_BYTES = 20;

    final ByteRanges ranges = new ByteRanges();
    private final byte[] boundary = new byte[BOUNDARY_BYTES];
    private final byte[] digits = new byte[PART_BYTES];
    private byte @Nullable [] type;
    private long bodyBytes;
    private long position;
    private boolean active;
    private boolean done;

    /** The cut of a request's client, made for the first request that asks for ranges. */
    static RangeCut of(HttpRequest request) {
        return request.perConnection(KEY, _ -> new RangeCut());
    }

    /** Whether something is cut out of the body of this request. */
    boolean isActive() {
        return active;
    }

    void clear() {
        active = false;
        type = null;
    }

    /** Begins to cut. */
    void begin(long bytes, byte @Nullable [] contentType, Randomness random) {
        active = true;
        done = false;
        bodyBytes = bytes;
        position = 0;
        type = contentType;
        if (ranges.count() > 1) {
            long left = random.nextLong() >>> 1;
            for (int i = 0; i < BOUNDARY_BYTES; i++) {
                boundary[i] = (byte) ('0' + left % 10);
                left /= 10;
            }
        }
    }

    /** Bytes of the whole body. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** Bytes of the body that have come by. */
    long position() {
        return position;
    }

    void moveOn(long bytes) {
        position += bytes;
    }

    /** Whether all parts have been given on. */
    boolean isDone() {
        return done;
    }

    void complete() {
        done = true;
    }

    byte[] boundary() {
        return boundary;
    }

    /** Bytes of the answer: of one part its own, of several with their heads and the end. */
    long answerBytes() {
        if (ranges.count() == 1) {
            return ranges.end(0) - ranges.start(0);
        }
        long bytes = closingBytes();
        for (int i = 0; i < ranges.count(); i++) {
            bytes += sharedBytes() + contentRange(i) + END_OF_HEAD.length + ranges.end(i) - ranges.start(i);
        }
        return bytes;
    }

    /** Writes {@code 0-99/1000} of a range. */
    void putContentRange(int range, Buf to) {
        to.put(digits, 0, contentRange(range));
    }

    private int contentRange(int range) {
        int at = Digits.decimal(ranges.start(range), digits, 0);
        digits[at++] = '-';
        at = Digits.decimal(ranges.end(range) - 1, digits, at);
        digits[at++] = '/';
        return Digits.decimal(bodyBytes, digits, at);
    }

    private int sharedBytes() {
        byte[] own = type;
        return DASHES.length + BOUNDARY_BYTES + RANGE.length + (own == null ? 0 : TYPE.length + own.length);
    }

    private static int closingBytes() {
        return DASHES.length + BOUNDARY_BYTES + CLOSING.length;
    }

    /** What the head of each part begins with: seen through a view by each. */
    Buf shared(Pool pool) {
        Buf head = pool.take(sharedBytes());
        head.put(DASHES);
        head.put(boundary);
        byte[] own = type;
        if (own != null) {
            head.put(TYPE);
            head.put(own);
        }
        head.put(RANGE);
        return head;
    }

    /** What the head of one part ends with: at most {@link #PART_BYTES}. */
    void putPart(int range, Buf to) {
        putContentRange(range, to);
        to.put(END_OF_HEAD);
    }

    Buf closing(Pool pool) {
        Buf end = pool.take(closingBytes());
        end.put(DASHES);
        end.put(boundary);
        end.put(CLOSING);
        return end;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
