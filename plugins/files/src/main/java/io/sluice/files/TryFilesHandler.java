package io.sluice.files;

import io.sluice.core.buffer.FileKind;
import io.sluice.core.log.IoFault;
import io.sluice.core.log.LogLevel;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.files.cache.FileCache;
import io.sluice.files.name.PercentEncoding;
import io.sluice.http.HttpHandler;
import io.sluice.http.HttpRequest;
import io.sluice.http.LocationPart;
import io.sluice.http.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Looks for the paths of {@code try-files} before the content is asked for, whoever answers it (ngx_http_try_files_module.c).
 *
 * <p><b>Thread:</b> the worker's.
 */
final class TryFilesHandler implements HttpHandler {
    private final FilesWorker worker;
    private final LocationPart<FilesConf> part;

    TryFilesHandler(FilesWorker worker, LocationPart<FilesConf> part) {
        this.worker = worker;
        this.part = part;
    }

    @Override
    public Outcome handle(HttpRequest request) {
        FilesConf conf = request.part(part);
        TryFiles files = conf.tryFiles();
        Place place = conf.place();
        if (files == null || place == null) {
            return Outcome.DECLINED;
        }
        FileCache cache = worker.cache(conf.cache());
        List<TryFiles.Try> tries = files.tries();
        for (int i = 0; i < tries.size(); i++) {
            if (isThere(request, conf, place, cache, tries.get(i))) {
                FileName found = worker.name();
                request.path(found.path(), found.pathLength());
                return Outcome.DECLINED;
            }
        }
        return switch (files.last()) {
            case TryFiles.Last.Status(int status) -> request.answer(status);
            case TryFiles.Last.Named(String name) -> request.namedLocation(name);
            case TryFiles.Last.Redirect(Template<HttpRequest> target) -> redirect(request, target);
        };
    }

    private boolean isThere(HttpRequest request, FilesConf conf, Place place, FileCache cache, TryFiles.Try wanted) {
        BytesSink path = request.evaluate(wanted.path());
        FileName name = worker.name();
        if (name.map(request, place, path.array(), path.count()) != FileName.Mapped.INSIDE) {
            return false;
        }
        FileKind kind = cache.kind(name.bytes(), name.length(), conf.links(request));
        if (kind == null) {
            IoFault fault = cache.fault();
            if (Failure.status(fault) != 404) {
                Failure.log(request, LogLevel.CRIT, "stat() \"", name, "\" failed", fault);
            }
            return false;
        }
        return (kind == FileKind.DIRECTORY) == wanted.folder();
    }

    private static Outcome redirect(HttpRequest request, Template<HttpRequest> target) {
        BytesSink sink = request.evaluate(target);
        byte[] bytes = sink.array();
        int end = 0;
        while (end < sink.count() && bytes[end] != '?') {
            end++;
        }
        if (FolderCheck.hasDots(bytes, 0, end)) {
            // Made so by a variable.
            return request.answer(404);
        }
        String path = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        String query = end == sink.count() ? null : PercentEncoding.query(bytes, end + 1, sink.count());
        return request.internalRedirect(path.startsWith("/") ? path : "/" + path, query);
    }
}
