package io.sluice.http.filter;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;

/** Answers as text blocks: lines ended by LF, without the date, which is never the same. */
final class Golden {
    private Golden() {}

    /** Asks for a path with some header lines, and answers with what came. */
    static String get(RawClient client, String... headers) {
        return of(ask(client, "GET", headers).response());
    }

    /** As {@link #get} for HEAD. */
    static String head(RawClient client, String... headers) {
        return of(ask(client, "HEAD", headers).responseHead());
    }

    static RawClient ask(RawClient client, String method, String... headers) {
        StringBuilder request = new StringBuilder(method).append(" / HTTP/1.1\r\nHost: a\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return client.send(request.append("\r\n").toString());
    }

    static String of(Response response) {
        return (response.head() + response.text())
                .replaceFirst("Date: [^\r]*\r\n", "")
                .replace("\r\n", "\n");
    }
}
