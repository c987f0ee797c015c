package io.sluice.files;

import io.sluice.core.connection.Address;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.files.name.PercentEncoding;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Sends a client that asked for a folder without its slash to where it is. */
final class Redirect {
    private static final String NO_HOST = "://";

    private final @Nullable Template<HttpRequest> origin;

    /** @param origin scheme and host; null to leave them out */
    Redirect(@Nullable Template<HttpRequest> origin) {
        this.origin = origin;
    }

    Outcome toFolder(HttpRequest request, FileName name) {
        StringBuilder location = new StringBuilder();
        if (origin != null) {
            putOrigin(request, origin, location);
        }
        byte[] path = name.path();
        int from = 0;
        while (from + 1 < name.pathLength() && path[from] == '/' && path[from + 1] == '/') {
            // Two slashes at the beginning would be those before a host.
            from++;
        }
        PercentEncoding.path(path, from, name.pathLength(), location);
        location.append('/');
        String query = request.query();
        if (query != null && !query.isEmpty()) {
            location.append('?').append(query);
        }
        return request.answer(301, "Location", location.toString());
    }

    /** As nginx with port_in_redirect: the port that was connected to, unless it is the scheme's own. */
    private static void putOrigin(HttpRequest request, Template<HttpRequest> origin, StringBuilder to) {
        BytesSink sink = request.evaluate(origin);
        String text = new String(sink.array(), 0, sink.count(), StandardCharsets.ISO_8859_1);
        if (text.endsWith(NO_HOST)) {
            return;
        }
        to.append(text);
        Address local = request.connection().localAddress();
        int usual = text.startsWith("https") ? 443 : 80;
        if (local != null && local.family() != Address.Family.UNIX && local.port() != usual) {
            to.append(':').append(local.port());
        }
    }
}
