package io.sluice.files;

import io.sluice.core.buffer.Pool;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.files.cache.FileCache;
import io.sluice.files.cache.KnownFile;
import io.sluice.http.HttpRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The files that the running request of a connection sends: given back when the request's memory is, after all is sent or will never
 * be. One per connection, for each of its requests.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class FilesInUse implements Pool.Cleanup {
    static final WorkerKey<FilesInUse> KEY = WorkerKey.of("files in use");

    private @Nullable KnownFile[] files = new KnownFile[1];
    private @Nullable FileCache[] caches = new FileCache[1];
    private int count;

    private FilesInUse() {}

    /** Those of the client that sent a request: none yet. */
    static FilesInUse of(@SuppressWarnings("unused") HttpRequest request) {
        return new FilesInUse();
    }

    /** Takes a file that was got from a cache. */
    void hold(HttpRequest request, FileCache cache, KnownFile file) {
        if (count == 0) {
            request.pool().onEnd(this);
        }
        if (count == files.length) {
            // Subrequests: one each.
            files = Arrays.copyOf(files, count * 2);
            caches = Arrays.copyOf(caches, count * 2);
        }
        files[count] = file;
        caches[count++] = cache;
    }

    @Override
    public void poolEnds() {
        while (count > 0) {
            count--;
            KnownFile file = files[count];
            FileCache cache = caches[count];
            files[count] = null;
            caches[count] = null;
            if (file != null && cache != null) {
                cache.release(file);
            }
        }
    }
}
