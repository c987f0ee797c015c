package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.ConnectionVariables;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Evaluator;
import io.sluice.core.variable.Variables;
import io.sluice.http.parse.HeaderTable;
import io.sluice.http.parse.RequestLine;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The variables that HTTP itself knows, with nginx's names (ngx_http_variables.c). */
final class HttpVariables {
    private static final String OWNER = "http";

    private HttpVariables() {}

    static void claim(Variables.Claims<HttpRequest> claims) {
        ConnectionVariables.claim(claims, OWNER, HttpRequest::connection);
        claims.claim("remote_user", OWNER, (_, _) -> false)
                .claim(
                        "connection_requests",
                        OWNER,
                        (r, out) -> number(r.connection().requests(), out))
                .claim("request_method", OWNER, HttpVariables::method)
                .claim("request_uri", OWNER, HttpVariables::requestUri)
                .claim("uri", OWNER, HttpVariables::uri)
                .claim("args", OWNER, HttpVariables::query)
                .claim("query_string", OWNER, HttpVariables::query)
                .claim("host", OWNER, HttpVariables::host)
                .claim("request", OWNER, HttpVariables::requestLine)
                .claim("server_protocol", OWNER, HttpVariables::protocol)
                .claim("scheme", OWNER, (_, out) -> text("http", out))
                .claim("status", OWNER, (r, out) -> status(r.status(), out))
                .claim("body_bytes_sent", OWNER, HttpVariables::bodyBytesSent)
                .claim("request_time", OWNER, HttpVariables::requestTime)
                .claim("server_name", OWNER, (r, out) -> text(r.state().server().name(), out))
                .claim("content_length", OWNER, header("content-length"))
                .claim("content_type", OWNER, header("content-type"))
                .claimPrefix("http_", OWNER, suffix -> header(suffix.replace('_', '-')))
                .claimPrefix("cookie_", OWNER, HttpVariables::cookie)
                .claimPrefix("arg_", OWNER, suffix -> (r, out) -> argument(r, suffix, out));
    }

    private static boolean text(String text, BytesSink out) {
        out.putAscii(text);
        return true;
    }

    private static boolean number(long number, BytesSink out) {
        out.putLong(number);
        return true;
    }

    private static boolean range(HttpRequest request, int segment, int from, int length, BytesSink out) {
        Buf buf = request.state().segment(segment);
        for (int i = 0; i < length; i++) {
            out.put(buf.get(from + i));
        }
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

    private static boolean status(int status, BytesSink out) {
        if (status == 0) {
            out.putAscii("000");
        } else {
            out.putLong(status);
        }
        return true;
    }

    private static boolean bodyBytesSent(HttpRequest request, BytesSink out) {
        return number(Math.max(0, request.connection().sent() - request.state().headerBytes), out);
    }

    private static boolean requestTime(HttpRequest request, BytesSink out) {
        long millis = (request.owner().worker().time().nanos() - request.state().startNanos) / 1_000_000;
        out.putSeconds(millis);
        return true;
    }

    private static Evaluator<HttpRequest> header(String lowerCase) {
        return (request, out) -> {
            RequestState r = request.state();
            HeaderTable headers = r.parser.headers();
            for (int i = 0; i < headers.size(); i++) {
                if (headers.nameLength(i) == lowerCase.length() && same(r, headers, i, lowerCase)) {
                    return range(request, headers.segment(i), headers.valueOffset(i), headers.valueLength(i), out);
                }
            }
            return false;
        };
    }

    private static boolean same(RequestState r, HeaderTable headers, int header, String lowerCase) {
        Buf buf = r.segment(headers.segment(header));
        int from = headers.nameOffset(header);
        for (int i = 0; i < lowerCase.length(); i++) {
            int b = buf.get(from + i);
            if (b >= 'A' && b <= 'Z') {
                b |= 0x20;
            }
            if (b != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static Evaluator<HttpRequest> cookie(String lowerCase) {
        byte[] name = lowerCase.getBytes(StandardCharsets.US_ASCII);
        return (request, out) -> request.cookie(name, out);
    }

    private static boolean argument(HttpRequest request, String name, BytesSink out) {
        String query = request.query();
        if (query == null) {
            return false;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).equalsIgnoreCase(name)) {
                return text(pair.substring(equals + 1), out);
            }
        }
        return false;
    }
}
