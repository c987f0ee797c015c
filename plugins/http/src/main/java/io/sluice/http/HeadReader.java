package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.log.LogLevel;
import io.sluice.http.parse.Fault;
import io.sluice.http.parse.RequestHeadParser;

/**
 * Reads the head of a request from its connection (ngx_http_process_request_headers): line by line as it comes, into the first buffer,
 * then into large ones. One per worker.
 */
final class HeadReader {
    private final HttpWorker worker;

    HeadReader(HttpWorker worker) {
        this.worker = worker;
    }

    /** Reads what is there, and tells the connection when the head is complete or bad. */
    void read(HttpConnection owner, RequestState r) {
        Connection c = owner.connection();
        if (r.unparsed) {
            r.unparsed = false;
            parse(owner, r, r.head.lastSegment());
        }
        // What the socket still holds is not reported a second time.
        while (c.isOpen() && owner.isReadingHead(r) && !r.unparsed && c.readReady()) {
            Buf buf = r.head.lastSegment();
            int n = c.recv(buf);
            if (n == Io.AGAIN) {
                return;
            }
            if (n <= 0) {
                if (n == Io.END) { // an error has been told
                    c.log().log(LogLevel.INFO, c, "client closed the connection in the middle of a request head");
                }
                c.unexpectedEof(n == Io.END);
                c.close(n == Io.END ? CloseReason.PEER_CLOSED : CloseReason.IO_ERROR);
                return;
            }
            parse(owner, r, buf);
        }
    }

    private void parse(HttpConnection owner, RequestState r, Buf buf) {
        RequestHeadParser parser = r.parser;
        // In a new segment the unfinished line begins at its start, wherever it began in the former one.
        int from = r.newSegment ? buf.start() : parser.position();
        r.newSegment = false;
        byte[] scratch = worker.scratch();
        buf.get(from, scratch, from, buf.last() - from);
        switch (parser.parse(scratch, from, buf.last())) {
            case DONE -> owner.headDone(r, buf);
            case BAD -> owner.refuse(parser.fault());
            case MORE -> {
                if (buf.room() == 0) {
                    enlarge(owner, r, buf);
                }
            }
        }
    }

    /** The unfinished line moves to a large buffer, as in nginx; complete lines stay where they are. */
    private static void enlarge(HttpConnection owner, RequestState r, Buf full) {
        ConnectionConf settings = owner.listen().first().connection();
        int from = r.parser.position();
        int unfinished = full.last() - from;
        int segments = r.head.segmentCount();
        boolean exhausted = segments > settings.largeHeaderBuffers() || segments == ReceivedHead.MOST_SEGMENTS;
        if (exhausted || unfinished >= settings.largeHeaderBufferBytes()) {
            owner.refuse(r.parser.lineRead() ? Fault.HEADER_LINE_TOO_LONG : Fault.REQUEST_LINE_TOO_LONG);
            return;
        }
        Buf larger = owner.pool().take(settings.largeHeaderBufferBytes());
        larger.put(full, from, unfinished);
        r.headBytesBefore += from - full.start();
        r.head.addSegment(larger);
        r.parser.nextSegment();
        r.newSegment = true;
    }
}
