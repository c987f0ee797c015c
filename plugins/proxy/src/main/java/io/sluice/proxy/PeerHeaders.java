package io.sluice.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.BodyFraming;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HeaderTable;
import io.sluice.http.parse.Method;
import io.sluice.http.parse.ResponseHeadParser;

/** What of a peer's head goes to the client: all but what belongs to one hop and what is ours to say (nginx's proxy_hide_header). */
final class PeerHeaders {
    /** By ordinal. */
    private static final boolean[] KEPT_BACK = keptBack();

    /** Some old servers fill a head up with it. */
    private static final byte[] PAD = {'x', '-', 'p', 'a', 'd'};

    private PeerHeaders() {}

    private static boolean[] keptBack() {
        HeaderName[] names = HeaderName.values();
        boolean[] back = new boolean[names.length];
        for (HeaderName name : names) {
            back[name.ordinal()] = name.hopByHop()
                    || name == HeaderName.CONTENT_LENGTH
                    || name == HeaderName.DATE
                    || name == HeaderName.SERVER
                    || name == HeaderName.TRAILER
                    || name.text().startsWith("X-Accel-");
        }
        return back;
    }

    /** @param in the Buf in which the head lies, until the client's header was sent */
    static void copy(ResponseHeadParser head, Buf in, HttpRequest to) {
        int status = head.status();
        to.status(status);
        to.responseLength(length(head, to.method()));
        HeaderTable headers = head.headers();
        if (to.responseHeaderCount() > 0 && headers.first(HeaderName.CONTENT_TYPE) >= 0) {
            // Brought along from another peer, which has said that this one has the content.
            to.removeResponseHeader(HeaderName.CONTENT_TYPE);
        }
        int count = headers.size();
        for (int i = 0; i < count; i++) {
            int id = headers.id(i);
            boolean back = id >= 0 ? KEPT_BACK[id] : isPad(headers, i, in);
            if (!back && !head.namedByConnection(i)) {
                to.addHeader(
                        in,
                        id,
                        headers.nameOffset(i),
                        headers.nameLength(i),
                        headers.valueOffset(i),
                        headers.valueLength(i));
            }
        }
    }

    private static boolean isPad(HeaderTable headers, int header, Buf in) {
        if (headers.nameLength(header) != PAD.length) {
            return false;
        }
        int from = headers.nameOffset(header);
        for (int i = 0; i < PAD.length; i++) {
            byte b = in.get(from + i);
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != PAD[i]) {
                return false;
            }
        }
        return true;
    }

    /** What to say of the body's length: for HEAD and 304 that of a body which does not come, if the peer says it. */
    private static long length(ResponseHeadParser head, Method method) {
        BodyFraming framing = head.framing();
        return switch (framing) {
            case LENGTH -> head.contentLength();
            case CHUNKED, UNTIL_CLOSE, TUNNEL -> -1;
            case NONE -> method == Method.HEAD || head.status() == 304 ? head.contentLength() : 0;
        };
    }
}
