package io.sluice.gzip;

import io.sluice.core.buffer.Chain;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpFilter;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.Method;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the responses that suit, for the clients that accept it (ngx_http_gzip_filter_module.c). Stands below the postpone filter, so
 * that subrequests are compressed as parts of their main request.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class GzipFilter extends HttpFilter {
    /** The stream of a client. */
    private static final WorkerKey<GzipStream> STREAM = WorkerKey.of("gzip stream");

    private final GzipWorker worker;
    private final Suitability suitability;
    private final Acceptance acceptance;
    private final GzipHeaders headers = new GzipHeaders();

    GzipFilter(GzipWorker worker, @Nullable HttpFilter next) {
        super(next);
        this.worker = worker;
        this.suitability = new Suitability();
        this.acceptance = new Acceptance(worker.time());
    }

    @Override
    public FilterResult header(HttpRequest request) {
        GzipConf conf = request.part(GzipConf.PART);
        if (conf.enabled() && request.isMain() && suitability.suits(request, conf)) {
            if (conf.vary()) {
                headers.vary(request);
            }
            // What HEAD asks for is the head that GET would get; there is nothing to compress.
            if (acceptance.accepts(request, conf)
                    && (request.method() == Method.HEAD || stream(request).begin(conf))) {
                headers.compressed(request);
                request.needInMemory();
            }
        }
        return below().header(request);
    }

    private GzipStream stream(HttpRequest request) {
        return request.perConnection(STREAM, worker.streams());
    }

    @Override
    public FilterResult body(HttpRequest request, @Nullable Chain in) {
        GzipStream stream = request.keptOrNull(STREAM);
        if (stream == null || !stream.isActive()) {
            return below().body(request, in);
        }
        return stream.body(below(), in);
    }
}
