package io.sluice.files;

import io.sluice.core.buffer.Constant;
import io.sluice.files.listing.ListingFormat;
import io.sluice.http.HttpRequest;
import io.sluice.http.RequestListener;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A request that waits for the list of a folder. When its client goes away the reading is interrupted, and what was read is dropped.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class ParkedListing implements RequestListener {
    private final HttpRequest request;
    private final long ticket;
    private final byte[] folder;
    private final Failure failure;
    private final Thread reader;

    /** @param reading done on a thread of its own after {@link #start} */
    ParkedListing(HttpRequest request, byte[] folder, Failure failure, Consumer<ParkedListing> reading) {
        this.request = request;
        this.ticket = request.park();
        this.folder = folder;
        this.failure = failure;
        this.reader = Thread.ofVirtual().name("autoindex").unstarted(() -> reading.accept(this));
        request.listener(this);
    }

    void start() {
        reader.start();
    }

    @Override
    public void aborted() {
        reader.interrupt();
    }

    void listed(ListingFormat format, Constant list) {
        if (request.isParked(ticket)) {
            request.respond(200, format.type(), list);
            request.finish(ticket);
        }
    }

    void failed(Throwable problem) {
        if (!request.isParked(ticket)) {
            return;
        }
        if (problem instanceof IOException expected) {
            failure.listing(request, folder, expected);
        } else {
            request.connection().report("a list of a folder", problem);
            request.answer(500);
        }
        request.finish(ticket);
    }
}
