package io.sluice.http;

/** Where a request goes on when its handler is done, instead of ending. */
enum Redirect {
    /** It ends. */
    NONE,
    /** With another path, from the rewrite phase of the server on (ngx_http_internal_redirect). */
    TO_PATH,
    /** With the same path in a location of its own (ngx_http_named_location). */
    TO_LOCATION
}
