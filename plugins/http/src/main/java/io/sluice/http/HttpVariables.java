package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.ConnectionVariables;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Variables;
import io.sluice.http.parse.RequestLine;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The variables about what a client asks for, with nginx's names (ngx_http_variables.c). */
final class HttpVariables {
    private static final String OWNER = "http";

    private HttpVariables() {}

    static void claim(Variables.Claims<HttpRequest> claims) {
        ConnectionVariables.claim(claims, OWNER, HttpRequest::connection);
        HeaderVariables.claim(claims, OWNER);
        CourseVariables.claim(claims, OWNER);
        claims.claim("request_method", OWNER, HttpVariables::method)
                .claim("request_uri", OWNER, HttpVariables::requestUri)
                .claim("uri", OWNER, HttpVariables::uri)
                .claim("document_uri", OWNER, HttpVariables::uri)
                .claim("is_args", OWNER, (r, out) -> text(r.state().target.hasQuery() ? "?" : "", out))
                .claim("args", OWNER, HttpVariables::query)
                .claim("query_string", OWNER, HttpVariables::query)
                .claim("host", OWNER, HttpVariables::host)
                .claim("request", OWNER, HttpVariables::requestLine)
                .claim("server_protocol", OWNER, HttpVariables::protocol)
                .claim("https", OWNER, (_, _) -> false)
                .claim("scheme", OWNER, (_, out) -> text("http", out))
                .claim("server_name", OWNER, (r, out) -> text(r.state().server().name(), out))
                .claimPrefix("arg_", OWNER, suffix -> {
                    byte[] name = suffix.getBytes(StandardCharsets.US_ASCII);
                    return (r, out) -> argument(r, name, out);
                });
    }

    private static boolean text(String text, BytesSink out) {
        out.putAscii(text);
        return true;
    }

    private static boolean range(HttpRequest request, int segment, int from, int length, BytesSink out) {
        out.put(request.state().segment(segment), from, length);
        return true;
    }

    private static @Nullable RequestLine line(HttpRequest request) {
        return request.state().parser.lineRead() ? request.state().parser.line() : null;
    }

    private static boolean method(HttpRequest request, BytesSink out) {
        RequestLine line = line(request);
        if (request.state().isOwnMethod()) {
            return text(request.methodText(), out);
        }
        return line != null && range(request, line.segment(), line.methodOffset(), line.methodLength(), out);
    }

    private static boolean requestUri(HttpRequest request, BytesSink out) {
        RequestLine line = line(request);
        return line != null && range(request, line.segment(), line.targetOffset(), line.targetLength(), out);
    }

    private static boolean uri(HttpRequest request, BytesSink out) {
        RequestTarget target = request.state().target;
        for (int i = 0; i < target.pathLength(); i++) {
            out.put(target.pathByte(i));
        }
        return target.pathLength() > 0;
    }

    private static boolean query(HttpRequest request, BytesSink out) {
        RequestTarget target = request.state().target;
        for (int i = 0; i < target.queryLength(); i++) {
            out.put(target.queryByte(i));
        }
        return target.hasQuery();
    }

    private static boolean host(HttpRequest request, BytesSink out) {
        RequestState r = request.state();
        int length = r.parser.lineRead() ? r.parser.hostLength() : 0;
        if (length == 0) {
            return text(r.server().name(), out);
        }
        Buf buf = r.segment(r.parser.hostSegment());
        int from = r.parser.hostOffset();
        // As ngx_http_validate_host: one name however it is written, so that it can be a key.
        int end = buf.get(from + length - 1) == '.' ? length - 1 : length;
        for (int i = 0; i < end; i++) {
            byte b = buf.get(from + i);
            out.put(b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b);
        }
        return true;
    }

    private static boolean requestLine(HttpRequest request, BytesSink out) {
        if (!method(request, out)) {
            return false;
        }
        out.put((byte) ' ');
        requestUri(request, out);
        out.put((byte) ' ');
        return protocol(request, out);
    }

    private static boolean protocol(HttpRequest request, BytesSink out) {
        RequestLine line = line(request);
        return line != null && text(line.http11() ? "HTTP/1.1" : "HTTP/1.0", out);
    }

    /** The first argument of a name that has a value (ngx_http_arg). */
    private static boolean argument(HttpRequest request, byte[] name, BytesSink out) {
        RequestTarget target = request.state().target;
        int end = target.hasQuery() ? target.queryLength() : 0;
        int at = 0;
        while (at < end) {
            int next = at;
            while (next < end && target.queryByte(next) != '&') {
                next++;
            }
            if (next - at > name.length && target.queryByte(at + name.length) == '=' && begins(target, at, name)) {
                for (int i = at + name.length + 1; i < next; i++) {
                    out.put(target.queryByte(i));
                }
                return true;
            }
            at = next + 1;
        }
        return false;
    }

    private static boolean begins(RequestTarget target, int at, byte[] lowerCase) {
        for (int i = 0; i < lowerCase.length; i++) {
            byte b = target.queryByte(at + i);
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }
}
