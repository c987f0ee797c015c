package io.sluice.http;

import io.sluice.core.time.Randomness;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Variables;
import java.nio.charset.StandardCharsets;

/** The variables about how a request goes and what it is answered with, with nginx's names. */
final class CourseVariables {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private CourseVariables() {}

    static void claim(Variables.Claims<HttpRequest> claims, String owner) {
        claims.claim("status", owner, (r, out) -> status(r.status(), out))
                .claim("body_bytes_sent", owner, CourseVariables::bodyBytesSent)
                .claim("request_time", owner, CourseVariables::requestTime)
                .claim("request_length", owner, CourseVariables::requestLength)
                .claim("request_completion", owner, CourseVariables::completion)
                .claim("request_id", owner, CourseVariables::pageId)
                .claim("pipe", owner, CourseVariables::pipe)
                .claim("connection_requests", owner, CourseVariables::requests)
                .claim("connection_time", owner, CourseVariables::connectionTime)
                .claimPrefix("sent_http_", owner, SentHeader::of);
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
        out.putLong(Math.max(0, request.connection().sent() - request.state().headerBytes));
        return true;
    }

    private static boolean requestTime(HttpRequest request, BytesSink out) {
        return since(request, request.state().startNanos, out);
    }

    private static boolean connectionTime(HttpRequest request, BytesSink out) {
        return since(request, request.owner().startNanos(), out);
    }

    private static boolean since(HttpRequest request, long startNanos, BytesSink out) {
        out.putSeconds((request.owner().worker().time().nanos() - startNanos) / NANOS_PER_MILLI);
        return true;
    }

    private static boolean requests(HttpRequest request, BytesSink out) {
        out.putLong(request.connection().requests());
        return true;
    }

    /** Line, headers and body, as they came. */
    private static boolean requestLength(HttpRequest request, BytesSink out) {
        RequestState r = request.state().main();
        int lines = r.head.segmentCount() == 0
                ? 0
                : r.parser.position() - r.head.lastSegment().start();
        out.putLong(r.headBytesBefore + Math.max(0, lines) + r.bodyReceived);
        return true;
    }

    private static boolean completion(HttpRequest request, BytesSink out) {
        if (request.state().complete) {
            out.putAscii("OK");
        }
        return request.state().complete;
    }

    private static boolean pipe(HttpRequest request, BytesSink out) {
        out.put((byte) (request.state().main().pipelined ? 'p' : '.'));
        return true;
    }

    /** The same for all parts of a page. */
    private static boolean pageId(HttpRequest request, BytesSink out) {
        RequestState main = request.state().main();
        if (main.pageIdHigh == 0 && main.pageIdLow == 0) {
            Randomness random = request.owner().worker().context().random();
            main.pageIdHigh = random.nextLong();
            main.pageIdLow = random.nextLong();
        }
        hex(main.pageIdHigh, out);
        hex(main.pageIdLow, out);
        return true;
    }

    private static void hex(long number, BytesSink out) {
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            out.put(HEX[(int) (number >>> shift) & 0xf]);
        }
    }
}
