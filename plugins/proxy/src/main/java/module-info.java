/** Passes HTTP requests to an upstream. */
module io.sluice.proxy {
    requires transitive io.sluice.http;
}
