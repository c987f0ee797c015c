package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.http.parse.ChunkedDecoder;
import io.sluice.http.parse.RequestHeadParser;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a worker knows of one running request. Recycled from request to request and from client to client; plugins hold a {@link
 * HttpRequest} instead, which has it only while its request runs.
 */
final class RequestState {
    static final int MOST_SEGMENTS = 9;

    final RequestHeadParser parser;
    final ChunkedDecoder chunks;
    final OutHeaders outHeaders = new OutHeaders();
    final @Nullable Buf[] segments = new Buf[MOST_SEGMENTS];
    int segmentCount;

    /** The server and location that answer; the listener's first ones until they are found. */
    @Nullable
    ServerConf server;

    @Nullable
    LocationConf location;

    /** The normalised path; null while it is that of the request line, byte for byte. */
    @Nullable
    Buf path;

    int pathOffset;
    int pathLength;

    // ---- phases
    int phaseIndex;
    int uriChanges;
    int blocked;
    int count;

    // ---- the request's body
    /** Bytes received and not used: the body's, then those of the next request. */
    @Nullable
    Buf received;

    /** The one made for the body, so that the head is never overwritten. */
    @Nullable
    Buf bodyBuf;

    long bodyRead;
    boolean bodyDone;
    boolean bodyReading;

    /** Where the body begins or ends cannot be known: nothing more of this connection is read as a request. */
    boolean bodyBroken;

    boolean continueSent;

    // ---- the response
    int status;
    long contentLength;
    byte @Nullable [] contentType;
    boolean headerOnly;
    boolean headerSent;
    boolean chunked;
    boolean chunkSent;
    boolean lastSent;
    boolean keepAlive;
    boolean answered;
    boolean finishing;
    int buffered;
    int headerBytes;

    /** Where the chunked filter writes its sizes. */
    @Nullable
    Buf chunkLines;

    /** What the write filter holds. */
    @Nullable
    Chain out;

    @Nullable
    RequestListener listener;

    long startNanos;
    long startMillis;

    RequestState(RequestHeadParser parser, ChunkedDecoder chunks) {
        this.parser = parser;
        this.chunks = chunks;
        reset();
    }

    /** As new; the limits are set when the request begins. */
    void reset() {
        outHeaders.reset();
        chunks.reset();
        Arrays.fill(segments, 0, segmentCount, null);
        segmentCount = 0;
        server = null;
        location = null;
        path = null;
        phaseIndex = 0;
        uriChanges = 10;
        blocked = 0;
        count = 1;
        received = null;
        bodyBuf = null;
        bodyRead = 0;
        bodyDone = false;
        bodyReading = false;
        bodyBroken = false;
        continueSent = false;
        status = 0;
        contentLength = -1;
        contentType = null;
        headerOnly = false;
        headerSent = false;
        chunked = false;
        chunkSent = false;
        lastSent = false;
        keepAlive = false;
        answered = false;
        finishing = false;
        buffered = 0;
        headerBytes = 0;
        out = null;
        chunkLines = null;
        listener = null;
    }

    Buf segment(int index) {
        Buf buf = segments[index];
        if (buf == null) {
            throw new IllegalStateException("no header buffer " + index);
        }
        return buf;
    }

    void addSegment(Buf buf) {
        segments[segmentCount++] = buf;
    }

    LocationConf location() {
        LocationConf found = location;
        if (found == null) {
            throw new IllegalStateException("the request has no location yet");
        }
        return found;
    }

    ServerConf server() {
        ServerConf found = server;
        if (found == null) {
            throw new IllegalStateException("the request has no server yet");
        }
        return found;
    }

    /** Output below this many bytes waits for more, until it is pushed. */
    long postponeBytes() {
        LocationConf found = location;
        return found == null ? 0 : found.core().postponeOutput().count();
    }

    /** Whether small segments leave at once after this request; as nginx's default for one that no location was found for. */
    boolean noDelay() {
        LocationConf found = location;
        return found == null || found.core().tcpNodelay();
    }

    /** What one send takes at most, so that one client cannot hold the worker. */
    long mostPerSend() {
        LocationConf found = location;
        long most = found == null ? 0 : found.core().sendfileMaxChunk().count();
        return most == 0 ? Long.MAX_VALUE : most;
    }
}
