package io.sluice.http;

import io.sluice.core.accesslog.PlaceLogs;
import java.util.List;

/**
 * One element of {@code http.servers}, shared by all workers.
 *
 * @param names of {@code server-name}, lower case; the first one is its name in logs
 * @param own what the server says outside of its locations: counts for requests that have not found one, or find none
 */
record ServerConf(List<String> names, ConnectionConf connection, LocationTree locations, LocationConf own) {
    String name() {
        return names.isEmpty() ? "" : names.getFirst();
    }

    /** The logs of requests that reach no location. */
    PlaceLogs logs() {
        return own.logs();
    }
}
