package io.sluice.http.filter;

import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.file.FileLoader;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpFilter;
import io.sluice.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Brings files into the form that the filters below and the connection take (ngx_http_copy_filter_module.c, ngx_output_chain.c): parts of
 * files go through as they are where {@code sendfile} is on, the connection sends files, and no filter wants to see the bytes; else they
 * are read into {@code output-buffers}, no faster than the client takes them. While some of a file is still to be passed on the bit copy
 * is set.
 *
 * <p>With {@code aio} nothing is passed on or read before another thread has brought it into memory. There is no {@code directio}: the
 * system's page cache is what makes sendfile and aio work.
 */
final class CopyFilter extends HttpFilter {
    private final BufferedBit bit;
    private final WorkerContext worker;
    private final SmallParts small = new SmallParts();

    CopyFilter(BufferedBit bit, WorkerContext worker, HttpFilter next) {
        super(next);
        this.bit = bit;
        this.worker = worker;
    }

    @Override
    public FilterResult header(HttpRequest request) {
        FileCopy former = request.keptOrNull(FileCopy.KEY);
        if (former != null) {
            former.reset();
        }
        return below().header(request);
    }

    @Override
    public FilterResult body(HttpRequest request, @Nullable Chain in) {
        FileCopy copy = request.keptOrNull(FileCopy.KEY);
        boolean holds = copy != null && copy.holds();
        if (!holds && !hasFile(in)) {
            return below().body(request, in);
        }
        CopySettings settings = request.settings(CopySettings.KEY);
        boolean asTheyAre = settings.sendfile() && request.connection().sendfile() && !request.isNeededInMemory();
        if (!holds && in != null && asTheyAre && settings.aio() == CopySettings.Aio.OFF) {
            Chain out = small.read(request, in, settings);
            return out == null ? failed(request) : below().body(request, out);
        }
        if (copy == null) {
            copy = request.perConnection(FileCopy.KEY, FileCopy::new);
        }
        copy.use(settings, asTheyAre, settings.aio() == CopySettings.Aio.OFF ? null : worker.service(FileLoader.class));
        return pump(request, copy, settings, in);
    }

    private static boolean hasFile(@Nullable Chain in) {
        for (Chain link = in; link != null; link = link.next()) {
            if (link.buf().inFile()) {
                return true;
            }
        }
        return false;
    }

    private FilterResult pump(HttpRequest request, FileCopy copy, CopySettings settings, @Nullable Chain in) {
        if (in != null) {
            copy.add(in);
        } else {
            // What was passed on before goes first: it frees the buffers.
            FilterResult result = below().body(request, null);
            if (result != FilterResult.DONE) {
                return result;
            }
        }
        long left = settings.chunkBytes();
        while (true) {
            Chain out = copy.collect();
            if (copy.hasFailed()) {
                return failed(request);
            }
            if (out == null && copy.isLoading()) {
                return held(request);
            }
            left -= Chain.size(out);
            // Without anything to pass on the buffers are all below, held back for more that cannot come before they
            // are free: null
            // pushes them out.
            FilterResult result = below().body(request, out);
            if (result == FilterResult.ERROR) {
                return result;
            }
            if (!copy.holds()) {
                request.unbuffer(bit);
                return result;
            }
            if (result == FilterResult.AGAIN || (out == null && !copy.hasRoom())) {
                return held(request);
            }
            if (left <= 0) {
                // A client as fast as the disk: others have their turn.
                request.connection().postWriteNext();
                return held(request);
            }
        }
    }

    private static FilterResult failed(HttpRequest request) {
        request.connection().setError();
        return FilterResult.ERROR;
    }

    private FilterResult held(HttpRequest request) {
        request.buffer(bit);
        return FilterResult.AGAIN;
    }
}
