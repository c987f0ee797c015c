package io.sluice.files;

import io.sluice.core.buffer.Constant;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.files.listing.Folder;
import io.sluice.files.listing.ListingStyle;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import java.util.Arrays;

/**
 * Answers with the list of a folder (ngx_http_autoindex_module.c). Reading a folder may wait for the disk as often as it has entries, so
 * it is done on a virtual thread while the request is parked; that thread touches nothing of the request.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Autoindex {
    private final WorkerContext context;
    private final ListingStyle style;
    private final Failure failure;

    Autoindex(WorkerContext context, ListingStyle style, Failure failure) {
        this.context = context;
        this.style = style;
        this.failure = failure;
    }

    Outcome answer(HttpRequest request, FileName name) {
        byte[] folder = name.toBytes();
        byte[] path = Arrays.copyOf(name.path(), name.pathLength());
        new ParkedListing(request, folder, failure, parked -> list(folder, path, parked)).start();
        return Outcome.PARKED;
    }

    /** <b>Thread:</b> its own. */
    private void list(byte[] folder, byte[] path, ParkedListing parked) {
        try {
            Constant list = Constant.of(Folder.list(folder, path, style));
            context.execute(() -> parked.listed(style.format(), list));
        } catch (Throwable problem) {
            context.execute(() -> parked.failed(problem));
        }
    }
}
