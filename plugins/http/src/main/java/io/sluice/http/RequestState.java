package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.http.parse.ChunkedDecoder;
import io.sluice.http.parse.Method;
import io.sluice.http.parse.RequestHeadParser;
import org.jspecify.annotations.Nullable;

/**
 * What a worker knows of one running request. Recycled from request to request and from client to client; plugins hold a {@link
 * HttpRequest} instead, which has it only while its request runs.
 */
final class RequestState extends PageNode {
    private final ReceivedHead ownHead;
    ReceivedHead head;
    RequestHeadParser parser;
    final ChunkedDecoder chunks;
    final OutHeaders outHeaders = new OutHeaders();
    final RequestTarget target = new RequestTarget();

    private @Nullable ServerConf server;
    private @Nullable LocationConf location;

    /** What the request is treated as if that is not the client's method. */
    private @Nullable Method ownMethod;

    // ---- reading the head
    /** Bytes are in the last segment that the parser has not seen. */
    boolean unparsed;

    boolean newSegment;

    /** Bytes of the head in buffers before the last one. */
    int headBytesBefore;

    /** Its first bytes came behind the request before. */
    boolean pipelined;

    // ---- its course
    int phaseIndex;

    /** Redirects that are left, and one more. */
    int uriChanges;

    /** Not asked for by the client as it is: a subrequest, or redirected. */
    boolean internal;

    Redirect redirect = Redirect.NONE;

    @Nullable
    LocationConf redirectTo;

    /** The status that a redirect to an error page keeps for the answer; 0 for the answer's own. */
    int errorStatus;

    /** An error page was looked for already. */
    boolean errorPage;

    /** A handler is on the stack. */
    boolean inHandler;

    /** Who may resume or finish what was parked; 0 for nobody. */
    long ticket;

    /** It was resumed before its handler had returned. */
    boolean resumed;

    /** How many work for it elsewhere: it does not end, and its memory stays, before they have said that they are done. */
    int blocked;

    boolean finishing;

    // ---- the request's body
    /** Bytes received and not used: the body's, then those of the next request. */
    @Nullable
    Buf received;

    /** The one made for the body, so that the head is never overwritten. */
    @Nullable
    Buf bodyBuf;

    long bodyRead;

    /** As {@link #bodyRead}, with what frames its chunks. */
    long bodyReceived;

    boolean bodyDone;
    boolean bodyReading;

    /** Where the body begins or ends cannot be known, or it is too large: nothing more of this connection is read as a request. */
    boolean bodyBroken;

    boolean continueSent;

    /** The answer is known already: what is wrong with the rest of the body changes nothing but the connection's future. */
    boolean discarding;

    // ---- the response
    int status;
    long contentLength;
    byte @Nullable [] contentType;
    byte @Nullable [] entityTag;
    long lastModified;
    boolean allowsRanges;
    boolean headerOnly;
    boolean neededInMemory;
    boolean conditionsWeighed;
    boolean singleRange;
    boolean headerSent;
    boolean chunked;
    boolean expectsTrailers;
    private @Nullable OutHeaders trailers;
    private @Nullable LastingHeaders lasting;
    boolean chunkSent;
    boolean lastSent;
    boolean keepAlive;
    boolean answered;
    int buffered;
    int headerBytes;

    /** Of a main request: the Buf that begins with them, as they were sent. */
    @Nullable
    Buf sentHead;

    /** Its answer has ended as it should, and that was logged. */
    boolean complete;

    /** Where the chunked filter writes its sizes. */
    @Nullable
    Buf chunkLines;

    /** What the write filter holds. */
    @Nullable
    Chain out;

    /** Bytes a second that may leave, of a whole page; 0 for all, -1 until the write filter has asked. */
    long limitRate;

    /** Bytes that leave before the limit counts; -1 until the write filter has asked. */
    long limitRateAfter;

    /** Nothing may leave before the timer of the connection's write event has fired. */
    boolean delayed;

    /** Of a subrequest whose output is kept for who has asked for it: at most so many bytes; 0 where it goes to the client. */
    int collectedBytes;

    /** What was put out so far; null before the first byte. */
    @Nullable
    Buf collected;

    @Nullable
    RequestListener listener;

    long startNanos;
    long startMillis;

    /** Two random numbers that name a page, made when they are first asked for; 0 before. */
    long pageIdHigh;

    long pageIdLow;

    RequestState(ReceivedHead head, ChunkedDecoder chunks) {
        this.ownHead = head;
        this.head = head;
        this.parser = head.parser;
        this.chunks = chunks;
        reset();
    }

    /** As new; the limits are set when the request begins. */
    void reset() {
        resetNode();
        ownHead.reset();
        head = ownHead;
        parser = ownHead.parser;
        chunks.reset();
        target.reset();
        ownMethod = null;
        server = null;
        location = null;
        unparsed = false;
        newSegment = false;
        headBytesBefore = 0;
        pipelined = false;
        phaseIndex = 0;
        uriChanges = 11;
        internal = false;
        redirect = Redirect.NONE;
        redirectTo = null;
        errorStatus = 0;
        errorPage = false;
        inHandler = false;
        ticket = 0;
        resumed = false;
        blocked = 0;
        finishing = false;
        received = null;
        bodyBuf = null;
        bodyRead = 0;
        bodyReceived = 0;
        bodyDone = false;
        bodyReading = false;
        bodyBroken = false;
        continueSent = false;
        discarding = false;
        status = 0;
        resetResponse();
        headerOnly = false;
        neededInMemory = false;
        conditionsWeighed = false;
        headerSent = false;
        chunked = false;
        expectsTrailers = false;
        resetTrailers();
        resetLasting();
        chunkSent = false;
        lastSent = false;
        keepAlive = false;
        buffered = 0;
        headerBytes = 0;
        sentHead = null;
        complete = false;
        out = null;
        limitRate = -1;
        limitRateAfter = -1;
        delayed = false;
        chunkLines = null;
        collectedBytes = 0;
        collected = null;
        listener = null;
        pageIdHigh = 0;
        pageIdLow = 0;
    }

    /** The head of another answer takes the place of what was said so far. */
    void resetResponse() {
        outHeaders.reset();
        contentLength = -1;
        contentType = null;
        entityTag = null;
        lastModified = -1;
        allowsRanges = false;
        singleRange = false;
        answered = false;
    }

    /** What follows the last chunk. */
    OutHeaders trailers() {
        OutHeaders made = trailers;
        if (made == null) {
            made = new OutHeaders();
            trailers = made;
        }
        return made;
    }

    /** What outlives {@link #resetResponse}. */
    LastingHeaders lasting() {
        LastingHeaders made = lasting;
        if (made == null) {
            made = new LastingHeaders();
            lasting = made;
        }
        return made;
    }

    /** The header is about to be given to the filters. */
    void addLasting() {
        LastingHeaders made = lasting;
        if (made != null) {
            made.addTo(outHeaders);
        }
    }

    private void resetLasting() {
        LastingHeaders made = lasting;
        if (made != null) {
            made.reset();
        }
    }

    boolean hasTrailers() {
        OutHeaders made = trailers;
        return made != null && made.size() > 0;
    }

    private void resetTrailers() {
        OutHeaders made = trailers;
        if (made != null) {
            made.reset();
        }
    }

    /** Begins as a part of the page of another request, with that one's head and server. */
    void beginUnder(RequestState parent, HttpRequest handle) {
        joinPage(parent, handle);
        head = parent.head;
        parser = parent.parser;
        serve(parent.server());
        bodyDone = true;
        internal = true;
    }

    Buf segment(int index) {
        return head.segment(index);
    }

    Method method() {
        Method own = ownMethod;
        if (own != null) {
            return own;
        }
        return parser.method();
    }

    /** Whether another method took the place of the client's. */
    boolean isOwnMethod() {
        return ownMethod != null;
    }

    void ownMethod(Method method) {
        ownMethod = method;
    }

    /** The server that answers is known; until a location is found the server's own word counts. */
    void serve(ServerConf found) {
        server = found;
        location = found.own();
    }

    boolean hasServer() {
        return server != null;
    }

    /** Its location is found. */
    void enter(LocationConf found) {
        location = found;
    }

    LocationConf location() {
        LocationConf found = location;
        if (found == null) {
            throw new IllegalStateException("the request has no server yet");
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
        return location().core().postponeOutput().count();
    }

    /** Whether small segments leave at once after this request. */
    boolean noDelay() {
        return location().core().tcpNodelay();
    }

    /** What one send takes at most, so that one client cannot hold the worker. */
    long mostPerSend() {
        long most = location().core().sendfileMaxChunk().count();
        return most == 0 ? Long.MAX_VALUE : most;
    }
}
