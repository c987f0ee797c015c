package io.sluice.files;

import io.sluice.core.file.FileOpener;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.files.cache.CacheSettings;
import io.sluice.files.cache.FileCache;
import io.sluice.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;

/**
 * What all locations with files share on one worker.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class FilesWorker implements AutoCloseable {
    static final WorkerKey<FilesWorker> KEY = WorkerKey.of("files");

    private final WorkerContext context;
    private final FileName name = new FileName();
    private final Map<CacheSettings, FileCache> caches = new HashMap<>();

    FilesWorker(WorkerContext context) {
        this.context = context;
    }

    WorkerContext context() {
        return context;
    }

    /** The one that all requests of this worker are mapped into. */
    FileName name() {
        return name;
    }

    /** Locations with the same settings share one. */
    FileCache cache(CacheSettings settings) {
        return caches.computeIfAbsent(
                settings,
                _ -> new FileCache(
                        settings,
                        context.service(FileOpener.class),
                        context.time(),
                        context.random().nextLong()));
    }

    /** What the requests of a connection have open. */
    static FilesInUse inUse(HttpRequest request) {
        return request.perConnection(FilesInUse.KEY, FilesInUse::of);
    }

    @Override
    public void close() {
        caches.values().forEach(FileCache::close);
    }
}
