package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Evaluator;
import io.sluice.http.parse.Digits;
import io.sluice.http.parse.HttpDate;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A variable {@code $sent_http_name}: the values of a header of the response. Once that is sent it is read again where it was written, so
 * whoever does not ask pays nothing; also what we add ourselves is found then. Before, it is what handlers and filters have said so far.
 */
final class SentHeader implements Evaluator<HttpRequest> {
    private final byte[] name;

    private SentHeader(byte[] name) {
        this.name = name;
    }

    static Evaluator<HttpRequest> of(String suffix) {
        return new SentHeader(suffix.replace('_', '-').getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean write(HttpRequest request, BytesSink out) {
        RequestState r = request.state();
        Buf sent = r.sentHead;
        if (sent != null) {
            return find(sent, sent.start(), sent.start() + r.headerBytes, out);
        }
        // The header of a part of a page goes nowhere, and what it was made of may be gone.
        return !r.headerSent && (listed(r.outHeaders, out) || known(request, r, out));
    }

    private boolean find(Buf head, int from, int end, BytesSink out) {
        boolean found = false;
        int at = behindLine(head, from, end);
        while (at < end) {
            int value = at + name.length + 2;
            boolean named = value < end && head.get(at + name.length) == ':' && HeaderNames.is(head, at, name);
            if (named) {
                separate(found, out);
                for (int i = value; i < end && head.get(i) != '\r'; i++) {
                    out.put(head.get(i));
                }
                found = true;
            }
            at = behindLine(head, at, end);
        }
        return found;
    }

    private static int behindLine(Buf head, int from, int end) {
        int at = from;
        while (at < end && head.get(at) != '\n') {
            at++;
        }
        return at + 1;
    }

    private boolean listed(OutHeaders headers, BytesSink out) {
        boolean found = false;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.isNamed(i, name)) {
                separate(found, out);
                headers.value(i, out);
                found = true;
            }
        }
        return found;
    }

    private static void separate(boolean behindAnother, BytesSink out) {
        if (behindAnother) {
            out.putAscii(", ");
        }
    }

    /** What is no header before it is written. */
    private boolean known(HttpRequest request, RequestState r, BytesSink out) {
        if (is("content-type")) {
            return put(r.contentType, out);
        }
        if (is("etag")) {
            return put(r.entityTag, out);
        }
        byte[] scratch = request.owner().worker().scratch();
        if (is("content-length") && r.contentLength >= 0) {
            out.put(scratch, 0, Digits.decimal(r.contentLength, scratch, 0));
            return true;
        }
        if (is("last-modified") && r.lastModified >= 0) {
            out.put(scratch, 0, HttpDate.write(r.lastModified, scratch, 0));
            return true;
        }
        return false;
    }

    private static boolean put(byte @Nullable [] value, BytesSink out) {
        if (value != null) {
            out.put(value);
        }
        return value != null;
    }

    private boolean is(String known) {
        boolean same = known.length() == name.length;
        for (int i = 0; same && i < name.length; i++) {
            same = name[i] == known.charAt(i);
        }
        return same;
    }
}
