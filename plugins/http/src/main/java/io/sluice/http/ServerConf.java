package io.sluice.http;

import java.util.List;

/**
 * One element of {@code http.servers}, shared by all workers.
 *
 * @param names of {@code server-name}, lower case; the first one is its name in logs
 * @param logs of requests that reach no location
 */
record ServerConf(List<String> names, ConnectionConf connection, LocationTree locations, PlaceLogs logs) {
    String name() {
        return names.isEmpty() ? "" : names.getFirst();
    }
}
