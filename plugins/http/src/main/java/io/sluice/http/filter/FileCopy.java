package io.sluice.http.filter;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.file.FileLoader;
import io.sluice.core.file.LoadListener;
import io.sluice.core.log.LogLevel;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The output of one request that the copy filter has not passed on yet, and the buffers it reads files into. Kept for a client from
 * request to request; the buffers belong to the request's pool.
 *
 * <p>A range that is being loaded when its request ends is loaded to its end; nobody waits for it then, and what comes of it is not taken
 * for the next request's.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class FileCopy implements LoadListener {
    static final WorkerKey<FileCopy> KEY = WorkerKey.of("copy");

    private final HttpRequest request;
    private @Nullable Chain in;
    private @Nullable Buf[] buffers = {};
    private int made;
    private int number;
    private int bufferBytes;
    private long windowBytes;
    private boolean asTheyAre;
    private boolean failed;
    private @Nullable FileLoader loader;

    /** The range that is in memory, or on its way there. */
    private @Nullable OpenFile loadedFile;

    private long loadedFrom;
    private long loadedTo;
    private boolean loading;

    /** Loads of former requests that have not ended. */
    private int abandoned;

    FileCopy(HttpRequest request) {
        this.request = request;
    }

    /** Forgets the request before: its memory is gone. */
    void reset() {
        in = null;
        for (int i = 0; i < made; i++) {
            buffers[i] = null;
        }
        made = 0;
        failed = false;
        loadedFile = null;
        if (loading) {
            loading = false;
            abandoned++;
        }
    }

    /** Says how files are passed on from now on. */
    void use(CopySettings settings, boolean filesAsTheyAre, @Nullable FileLoader with) {
        asTheyAre = filesAsTheyAre;
        loader = with;
        bufferBytes = settings.outputBuffers().bytes();
        number = settings.outputBuffers().number();
        windowBytes = asTheyAre ? settings.chunkBytes() : (long) number * bufferBytes;
        if (buffers.length < number) {
            buffers = new Buf[number];
        }
    }

    /** Whether something is still to be passed on. */
    boolean holds() {
        return in != null;
    }

    boolean hasFailed() {
        return failed;
    }

    /** Whether another thread is at work for this request. */
    boolean isLoading() {
        return loading;
    }

    void add(Chain more) {
        Chain first = in;
        if (first == null) {
            in = more;
        } else {
            Chain.last(first).next(more);
        }
    }

    /** Whether a buffer is free, or one more may be made. */
    boolean hasRoom() {
        return asTheyAre || made < number || freeBuffer() != null;
    }

    /** What can be passed on now: up to a file that must be waited for, or that no buffer is free for. */
    @Nullable
    Chain collect() {
        Chain first = null;
        Chain last = null;
        while (!failed && !loading) {
            Chain link = in;
            if (link == null) {
                break;
            }
            Chain next = link.buf().inFile() ? next(link) : take(link);
            if (next == null) {
                break;
            }
            boolean window = asTheyAre && next.buf().inFile();
            if (last == null) {
                first = next;
            } else {
                last.next(next);
            }
            last = next;
            if (window) {
                break;
            }
        }
        return first;
    }

    /** The next piece of a file, as it is or read. */
    private @Nullable Chain next(Chain link) {
        Buf source = link.buf();
        if (source.size() == 0) {
            return take(link);
        }
        if (!asTheyAre && !hasRoom()) {
            return null;
        }
        if (loader != null && !isLoaded(loader, source)) {
            return null;
        }
        return asTheyAre ? window(link) : read(link);
    }

    private Chain take(Chain link) {
        in = link.next();
        link.next(null);
        return link;
    }

    /** A file is passed on in pieces only where each is loaded first. */
    private Chain window(Chain link) {
        Buf source = link.buf();
        long bytes = loader == null ? source.size() : Math.min(source.size(), loadedTo - source.filePos());
        if (bytes >= source.size()) {
            return take(link);
        }
        Chain piece = request.piece(source.file(), source.filePos(), source.filePos() + bytes, false);
        source.advance(bytes);
        return piece;
    }

    private boolean isLoaded(FileLoader by, Buf source) {
        OpenFile file = source.file();
        long from = source.filePos();
        if (loadedFile == file && from >= loadedFrom && from < loadedTo) {
            return true;
        }
        loadedFile = file;
        loadedFrom = from;
        loadedTo = from + Math.min(windowBytes, source.size());
        return switch (by.load(file, from, loadedTo - from, this)) {
            // Too many wait: then this worker does it itself.
            case LOADED, REFUSED -> true;
            case COMING -> {
                loading = true;
                yield false;
            }
        };
    }

    @Override
    public void loaded(boolean readable) {
        if (abandoned > 0) {
            abandoned--;
        } else if (loading) {
            // What could not be read is found out by who reads it.
            loading = false;
            if (request.isRunning()) {
                request.connection().postWrite();
            }
        }
    }

    private @Nullable Chain read(Chain link) {
        Buf source = link.buf();
        Buf buffer = buffer(source);
        long wanted = Math.min(source.size(), buffer.room());
        while (buffer.size() < wanted) {
            int n = source.file().read(buffer, source.filePos() + buffer.size());
            if (n <= 0) {
                fail(n == Io.END ? "a file became shorter while it was read" : "a file cannot be read");
                return null;
            }
        }
        if (buffer.size() > wanted) {
            buffer.shorten(wanted);
        }
        source.advance(wanted);
        if (source.size() == 0) {
            buffer.flush(source.flush()).lastBuf(source.lastBuf()).lastInChain(source.lastInChain());
            in = link.next();
            request.consumed(link);
        } else {
            buffer.recycled(true);
        }
        return request.pool().link(buffer);
    }

    private void fail(String why) {
        failed = true;
        Connection c = request.connection();
        c.log().log(LogLevel.ALERT, c, why);
    }

    private Buf buffer(Buf source) {
        Buf free = freeBuffer();
        if (free != null) {
            return free.clear().flush(false).recycled(false).lastBuf(false).lastInChain(false);
        }
        Pool pool = request.pool();
        // The end of the output needs no more than what is left of it.
        boolean rest = source.lastInChain() && source.size() < bufferBytes;
        Buf fresh = pool.take(rest ? (int) source.size() : bufferBytes);
        buffers[made++] = fresh;
        return fresh;
    }

    private @Nullable Buf freeBuffer() {
        for (int i = 0; i < made; i++) {
            Buf buffer = buffers[i];
            if (buffer != null && buffer.size() == 0) {
                return buffer;
            }
        }
        return null;
    }
}
