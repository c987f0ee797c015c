package io.sluice.http;

import io.sluice.core.buffer.Chain;
import org.jspecify.annotations.Nullable;

/** Output that waits for its turn in the order of a page: a chain, or a subrequest whose output belongs here (ngx_http_postponed_request_t). */
final class Postponed {
    final @Nullable Chain chain;
    final @Nullable RequestState subrequest;

    @Nullable
    Postponed next;

    Postponed(Chain chain) {
        this.chain = chain;
        this.subrequest = null;
    }

    Postponed(RequestState subrequest) {
        this.chain = null;
        this.subrequest = subrequest;
    }
}
