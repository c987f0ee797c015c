package io.sluice.gzip;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.Connection;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpFilter;
import io.sluice.http.HttpRequest;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The body of one response on its way through a compressor. Made once per client, used again for each of its responses.
 *
 * <p>Takes as much as it has buffers for; while the client has not taken those, it holds what it was given and answers AGAIN, so that the
 * origin waits. While anything is held, here or inside zlib, the bit http-gzip is set.
 *
 * <p><b>Thread:</b> the worker's. <b>Owns</b> a compressor and its reserve from {@link #begin} until the request's pool ends.
 */
final class GzipStream implements Pool.Cleanup {
    /** What is to be done with zlib next. */
    private enum Step {
        /** Give it bytes. */
        COMPRESS,
        /** Get out of it all that it was given. */
        FLUSH,
        /** Get the end of the stream out of it. */
        FINISH,
        /** Write checksum and count. */
        TRAILER,
        /** Nothing: all is on its way. */
        DONE
    }

    /** Bytes that are compressed in one turn of the loop, some milliseconds: others wait meanwhile. */
    private static final int SHARE = 64 * 1024;

    private final GzipWorker worker;
    private final HttpRequest request;
    private final OutputBuffers output;
    private @Nullable Compressor compressor;
    private Step step = Step.DONE;
    private int reserved;

    /** What was given and is not compressed yet. */
    private @Nullable Chain in;

    private boolean begun;

    /** Zlib, or the Buf that is being filled, has bytes that nobody has asked to flush. */
    private boolean holding;

    /** The filters below have answered AGAIN. */
    private boolean busy;

    private int share;

    GzipStream(GzipWorker worker, HttpRequest request) {
        this.worker = worker;
        this.request = request;
        this.output = new OutputBuffers(request);
    }

    /** Whether the response that runs goes through here. */
    boolean isActive() {
        return compressor != null;
    }

    /** Takes what one response needs. Answers false if there is no memory for it. */
    boolean begin(GzipConf conf) {
        int bytes = Compressor.NATIVE_BYTES + OutputBuffers.memory(conf.buffers(), conf.bufferBytes());
        if (!worker.reserve(bytes)) {
            return false;
        }
        reserved = bytes;
        compressor = worker.compressors().take(conf.level());
        request.pool().onEnd(this);
        output.begin(conf.buffers(), conf.bufferBytes());
        step = Step.COMPRESS;
        share = SHARE;
        return true;
    }

    /** See {@link HttpFilter#body}. */
    FilterResult body(HttpFilter below, @Nullable Chain chain) {
        append(chain);
        mark();
        if (busy || chain == null || step == Step.DONE) {
            FilterResult pushed = below.body(request, null);
            if (pushed != FilterResult.DONE) {
                return pushed;
            }
            busy = false;
            output.sent();
        }
        while (step != Step.DONE) {
            fill();
            mark();
            Chain out = output.take();
            if (out == null) {
                break;
            }
            FilterResult passed = below.body(request, out);
            if (passed != FilterResult.DONE) {
                busy = true;
                return passed;
            }
            output.sent();
        }
        if (share <= 0 && step != Step.DONE) {
            // Others have waited for this one: it goes on when they had their turn.
            share = SHARE;
            request.connection().postWriteNext();
            return FilterResult.AGAIN;
        }
        return FilterResult.DONE;
    }

    private void append(@Nullable Chain chain) {
        if (step == Step.DONE) {
            // Behind the end there is nothing but marks that say it once more.
            for (Chain link = chain; link != null; ) {
                Chain next = link.next();
                request.consumed(link);
                link = next;
            }
            return;
        }
        Chain former = in;
        if (former == null) {
            in = chain;
        } else if (chain != null) {
            Chain.last(former).next(chain);
        }
    }

    private void mark() {
        Connection c = request.connection();
        if (step != Step.DONE && (holding || in != null)) {
            c.buffer(worker.bit());
        } else {
            c.unbuffer(worker.bit());
        }
    }

    /** Compresses until there is nothing more to do now, or no Buf to put it into. */
    private void fill() {
        while (step != Step.DONE) {
            if (step == Step.COMPRESS && !lookForBytes()) {
                return;
            }
            Buf to = output.room();
            if (to == null) {
                return;
            }
            if (!begun) {
                begun = true;
                to.put(Compressor.HEADER);
            }
            switch (step) {
                case COMPRESS -> compress(to);
                case FLUSH -> flush(to);
                case FINISH -> finish(to);
                case TRAILER -> trailer(to);
                case DONE -> {}
            }
        }
    }

    /** Goes over marks to the next bytes. Answers whether there is something to do now; the step says what. */
    private boolean lookForBytes() {
        for (Chain link = in; link != null; link = in) {
            Buf buf = link.buf();
            if (buf.size() > 0) {
                return share > 0;
            }
            boolean end = buf.lastBuf();
            boolean flush = buf.flush();
            in = link.next();
            request.consumed(link);
            if (end) {
                step = Step.FINISH;
                return true;
            }
            if (flush && holding) {
                step = Step.FLUSH;
                return true;
            }
            if (flush) {
                // All bytes have come out; if there are none it is the header that is to be sent.
                output.flush();
            }
        }
        return false;
    }

    private void compress(Buf to) {
        Chain link = in;
        if (link == null) {
            return;
        }
        Buf from = link.buf();
        ByteBuffer plain = worker.plain();
        from.get(from.pos(), plain, (int) Math.min(from.size(), plain.capacity()));
        plain.flip();
        ByteBuffer out = out(to);
        compressor().compress(plain, out);
        int taken = plain.position();
        from.advance(taken);
        share -= taken;
        holding = true;
        put(out, to);
    }

    private void flush(Buf to) {
        ByteBuffer out = out(to);
        boolean whole = compressor().flush(out);
        put(out, to);
        if (whole) {
            step = Step.COMPRESS;
            holding = false;
            output.emit(to.flush(true));
        }
    }

    private void finish(Buf to) {
        ByteBuffer out = out(to);
        boolean whole = compressor().finish(out);
        put(out, to);
        if (whole) {
            step = Step.TRAILER;
        }
    }

    private void trailer(Buf to) {
        put(compressor().checksum(), to);
        put(compressor().count(), to);
        output.emit(to.lastBuf(true).lastInChain(true));
        step = Step.DONE;
        holding = false;
    }

    /** Where zlib may put as much as a Buf takes. */
    private ByteBuffer out(Buf to) {
        ByteBuffer out = worker.compressed();
        return out.limit(Math.min(out.capacity(), to.room()));
    }

    private static void put(ByteBuffer out, Buf to) {
        out.flip();
        to.put(out, out.limit());
    }

    /** Least significant byte first. */
    private static void put(int number, Buf to) {
        for (int shift = 0; shift < 32; shift += 8) {
            to.put((byte) (number >> shift));
        }
    }

    private Compressor compressor() {
        Compressor current = compressor;
        if (current == null) {
            throw new IllegalStateException("no response is being compressed");
        }
        return current;
    }

    /** The request is over, whichever way: everything goes back. */
    @Override
    public void poolEnds() {
        Compressor former = compressor;
        if (former == null) {
            return;
        }
        compressor = null;
        step = Step.DONE;
        in = null;
        begun = false;
        holding = false;
        busy = false;
        output.end();
        worker.compressors().giveBack(former);
        int bytes = reserved;
        reserved = 0;
        worker.release(bytes);
    }
}
