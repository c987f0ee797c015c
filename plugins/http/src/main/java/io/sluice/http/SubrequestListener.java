package io.sluice.http;

/**
 * Hears how a subrequest came out (ngx_http_post_subrequest_t).
 *
 * <p><b>Thread:</b> the worker's.
 */
@FunctionalInterface
public interface SubrequestListener {
    /** Nobody wants to know. */
    SubrequestListener NOBODY = _ -> {};

    /**
     * The subrequest's handler is done with it. Its status and headers can be read now and no later; what it has put out may still be on
     * its way to the client.
     */
    void ended(HttpRequest subrequest);
}
