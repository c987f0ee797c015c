package io.sluice.gzip;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.http.RequestListener;
import java.io.ByteArrayOutputStream;
import java.util.Random;

/** A body of random bytes in random pieces with random marks, one or several at a time, as fast as the filters take it. */
final class Pieces implements RequestListener {
    private static final int ALL = 200_000;
    private static final int MOST = 40_000;

    private final HttpRequest request;
    private final Random random;
    private final long ticket;
    private int left;

    private Pieces(HttpRequest request, long seed) {
        this.request = request;
        this.random = new Random(seed);
        this.ticket = request.park();
        this.left = random.nextInt(ALL);
    }

    /** Answers with the body of a seed. */
    static Outcome answer(HttpRequest request, long seed) {
        Pieces pieces = new Pieces(request, seed);
        request.status(200);
        request.listener(pieces);
        request.sendHeader();
        pieces.writable();
        return Outcome.PARKED;
    }

    /** The body of a seed. */
    static byte[] body(long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int left = random.nextInt(ALL); left > 0; ) {
            byte[] piece = piece(random, left);
            all.writeBytes(piece);
            left -= piece.length;
            marks(random);
        }
        return all.toByteArray();
    }

    private static byte[] piece(Random random, int left) {
        byte[] bytes = new byte[Math.min(left, random.nextInt(20) == 0 ? MOST : random.nextInt(3) == 0 ? 3 : 2000)];
        int letters = 1 + random.nextInt(255);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(letters);
        }
        return bytes;
    }

    private static int marks(Random random) {
        return random.nextInt(8);
    }

    @Override
    public void writable() {
        Chain first = null;
        Chain last = null;
        while (left > 0) {
            byte[] bytes = piece(random, left);
            left -= bytes.length;
            Buf buf = request.pool().take(bytes.length);
            buf.put(bytes);
            int marks = marks(random);
            Chain link = request.pool().link(buf.flush(marks == 0).recycled(marks == 1));
            if (last == null) {
                first = link;
            } else {
                last.next(link);
            }
            last = link;
            if (marks == 2) {
                Chain flush = request.flushing();
                last.next(flush);
                last = flush;
            }
            if (marks < 6) {
                FilterResult result = request.output(first);
                first = null;
                last = null;
                if (result != FilterResult.DONE) {
                    return;
                }
            }
        }
        if (first != null) {
            request.output(first);
        }
        request.finish(ticket);
    }

    @Override
    public void aborted() {
        left = 0;
    }

    @Override
    public void bodyReadable() {}
}
