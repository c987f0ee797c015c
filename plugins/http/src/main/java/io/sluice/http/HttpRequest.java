package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Constant;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.connection.Connection;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.http.parse.BodyFraming;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HeaderTable;
import io.sluice.http.parse.Method;
import io.sluice.http.parse.RequestLine;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's handle of the request that runs on a client's connection. Belongs to that connection and is used for each of its requests;
 * between two of them, and after the connection, every use fails with an IllegalStateException.
 *
 * <p><b>Thread:</b> the worker's.
 */
public final class HttpRequest {
    private final HttpConnection connection;
    private final RequestBody body;
    private @Nullable RequestState state;
    private @Nullable Kept kept;

    HttpRequest(HttpConnection connection) {
        this.connection = connection;
        this.body = new RequestBody(connection);
    }

    void begin(RequestState r) {
        state = r;
    }

    void over() {
        state = null;
    }

    boolean runs(RequestState r) {
        return state == r;
    }

    RequestState state() {
        RequestState running = state;
        if (running == null) {
            throw new IllegalStateException("the request is over: its handle was kept too long");
        }
        return running;
    }

    /** Whether the handle can be used: false once the request is over. */
    public boolean isRunning() {
        return state != null;
    }

    // ---- where it came from

    public Connection connection() {
        return connection.connection();
    }

    /** Memory that lives as long as the request. */
    public Pool pool() {
        state();
        return connection.pool();
    }

    /** The request the client sent; this one, unless it is a subrequest. */
    public HttpRequest main() {
        return this;
    }

    /** The request that asked for this one; null for the main request. */
    public @Nullable HttpRequest parent() {
        return null;
    }

    /** What {@link #perConnection} has made, or null. */
    @SuppressWarnings("unchecked")
    public <T> @Nullable T keptOrNull(WorkerKey<T> key) {
        for (Kept each = kept; each != null; each = each.next) {
            if (each.key == key) {
                return (T) each.value;
            }
        }
        return null;
    }

    /** What a plugin keeps for this client from request to request; made when it is first asked for, and dropped with the connection. */
    public <T> T perConnection(WorkerKey<T> key, Function<HttpRequest, ? extends T> maker) {
        T known = keptOrNull(key);
        if (known != null) {
            return known;
        }
        T made = maker.apply(this);
        kept = new Kept(key, made, kept);
        return made;
    }

    /** One value of a plugin; a client meets one plugin or two. */
    private record Kept(
            WorkerKey<?> key, Object value, @Nullable Kept next) {}

    // ---- its head

    public Method method() {
        return line().method();
    }

    /** Whether the client speaks HTTP/1.1 or a later minor version. */
    public boolean http11() {
        return line().http11();
    }

    private RequestLine line() {
        return state().parser.line();
    }

    public String methodText() {
        RequestLine line = line();
        return state().segment(line.segment()).text(line.methodOffset(), line.methodLength());
    }

    public void putMethod(Buf to) {
        RequestLine line = line();
        to.put(state().segment(line.segment()), line.methodOffset(), line.methodLength());
    }

    public int methodLength() {
        return line().methodLength();
    }

    /** The target as the client wrote it, from the path on: what an origin is asked for. */
    public void putTarget(Buf to) {
        RequestLine line = line();
        Buf from = state().segment(line.segment());
        if (line.pathLength() == 0) {
            to.put((byte) '/');
        } else {
            to.put(from, line.pathOffset(), line.pathLength());
        }
        if (line.hasQuery()) {
            to.put((byte) '?');
            to.put(from, line.queryOffset(), line.queryLength());
        }
    }

    /**
     * The target with another path in the place of a location's: what follows the location in the normalised path is escaped again.
     *
     * @param path what takes the place
     * @param locationLength bytes of the normalised path that it replaces
     */
    public void putTarget(Buf to, byte[] path, int locationLength) {
        RequestState r = state();
        RequestLine line = line();
        Buf normalized = r.path;
        Buf from = normalized == null ? r.segment(line.segment()) : normalized;
        to.put(path);
        for (int i = Math.min(locationLength, r.pathLength); i < r.pathLength; i++) {
            HeaderNames.putEscaped(to, from.get(r.pathOffset + i));
        }
        if (line.hasQuery()) {
            to.put((byte) '?');
            to.put(r.segment(line.segment()), line.queryOffset(), line.queryLength());
        }
    }

    /** What {@link #putTarget(Buf, byte[], int)} needs beside the other path, or more. */
    public int escapedTargetLength() {
        return state().pathLength * 3 + line().queryLength() + 2;
    }

    /** What {@link #putTarget} needs, or a little more. */
    public int targetLength() {
        RequestLine line = line();
        return line.pathLength() + line.queryLength() + 2;
    }

    /** The normalised path. Allocates. */
    public String path() {
        RequestState r = state();
        Buf normalized = r.path;
        Buf from = normalized == null ? r.segment(line().segment()) : normalized;
        return from.text(r.pathOffset, r.pathLength);
    }

    /** Bytes of the normalised path. */
    public int pathLength() {
        return state().pathLength;
    }

    /** Copies the normalised path. @return where it ends in the array */
    public int getPath(byte[] into, int at) {
        RequestState r = state();
        Buf normalized = r.path;
        Buf from = normalized == null ? r.segment(line().segment()) : normalized;
        from.get(r.pathOffset, into, at, r.pathLength);
        return at + r.pathLength;
    }

    /** The path and query as the client wrote them. Allocates. */
    public String target() {
        RequestLine line = line();
        return state().segment(line.segment()).text(line.targetOffset(), line.targetLength());
    }

    /** What follows the question mark, or null. Allocates. */
    public @Nullable String query() {
        RequestLine line = line();
        return line.hasQuery() ? state().segment(line.segment()).text(line.queryOffset(), line.queryLength()) : null;
    }

    /** The host without its port, as the client wrote it; empty if it named none. Allocates. */
    public String host() {
        RequestState r = state();
        int length = r.parser.hostLength();
        return length == 0 ? "" : r.segment(r.parser.hostSegment()).text(r.parser.hostOffset(), length);
    }

    private HeaderTable headers() {
        return state().parser.headers();
    }

    public int headerCount() {
        return headers().size();
    }

    /** Ordinal of the {@link HeaderName}, or -1. */
    public int headerId(int header) {
        return headers().id(header);
    }

    /** Whether a header belongs to this connection only and is never passed on. */
    public boolean isHopByHop(int header) {
        int id = headers().id(header);
        return (id >= 0 && HeaderNames.HOP_BY_HOP[id]) || state().parser.namedByConnection(header);
    }

    /** Whether a header has a name, given in lower case. */
    public boolean headerIs(int header, byte[] lowerCase) {
        HeaderTable headers = headers();
        if (headers.nameLength(header) != lowerCase.length) {
            return false;
        }
        Buf from = state().segment(headers.segment(header));
        int at = headers.nameOffset(header);
        for (int i = 0; i < lowerCase.length; i++) {
            byte b = from.get(at + i);
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** What {@link #putHeader} needs. */
    public int headerBytes(int header) {
        HeaderTable headers = headers();
        return headers.nameLength(header) + headers.valueLength(header) + 4;
    }

    /** Copies a header as a line with its CRLF. */
    public void putHeader(int header, Buf to) {
        HeaderTable headers = headers();
        Buf from = state().segment(headers.segment(header));
        int name = headers.nameOffset(header);
        int nameEnd = name + headers.nameLength(header);
        int value = headers.valueOffset(header);
        if (value == nameEnd + 2) {
            to.put(from, name, value + headers.valueLength(header) - name);
        } else {
            to.put(from, name, headers.nameLength(header));
            to.put(HeaderNames.COLON_SPACE);
            to.put(from, value, headers.valueLength(header));
        }
        to.put(HeaderNames.LINE_END);
    }

    /** Copies a header's value. */
    public void putHeaderValue(int header, Buf to) {
        HeaderTable headers = headers();
        to.put(state().segment(headers.segment(header)), headers.valueOffset(header), headers.valueLength(header));
    }

    public int headerValueLength(int header) {
        return headers().valueLength(header);
    }

    /** The first header of a name, or -1. */
    public int header(HeaderName name) {
        return headers().first(name);
    }

    /** The value of the first header of a name, letters of any case, or null. Allocates. */
    public @Nullable String header(String name) {
        RequestState r = state();
        HeaderTable headers = r.parser.headers();
        for (int i = 0; i < headers.size(); i++) {
            Buf from = r.segment(headers.segment(i));
            if (headers.nameLength(i) == name.length()
                    && from.text(headers.nameOffset(i), headers.nameLength(i)).equalsIgnoreCase(name)) {
                return from.text(headers.valueOffset(i), headers.valueLength(i));
            }
        }
        return null;
    }

    // ---- its place in the configuration

    /** The record of a plugin for the location that answers. */
    public <R extends Record> R settings(LocationSettings<R> key) {
        return settings(state().location(), key);
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> R settings(LocationConf location, LocationSettings<R> key) {
        Record found = location.settings().get(key);
        if (found == null) {
            throw new IllegalArgumentException("these settings were not given to HttpBinder.settings");
        }
        return (R) found;
    }

    /** What a plugin has made of the location that answers. */
    public <T> T part(LocationPart<T> part) {
        return part.in(state().location().parts());
    }

    /** Whether a location has been found yet: before that there is neither a part nor a record of it. */
    public boolean hasLocation() {
        return state().location != null;
    }

    /** The location's path, as the configuration writes it. */
    public String location() {
        return state().location().name();
    }

    /** The value of a template for this request, lent until the next one is evaluated on this worker. */
    public BytesSink evaluate(Template<HttpRequest> template) {
        BytesSink sink = connection.worker().sink();
        template.evaluate(this, sink);
        return sink;
    }

    // ---- its body

    public BodyFraming bodyFraming() {
        return state().parser.framing();
    }

    /** As the client announced it; -1 if it did not. */
    public long contentLength() {
        return state().parser.contentLength();
    }

    /** Whether all of the body has been read. */
    public boolean bodyDone() {
        return state().bodyDone;
    }

    /**
     * Reads bytes of the body, chunks taken apart, into the room of a Buf.
     *
     * @return bytes read; {@link io.sluice.core.connection.Io#END} when all have been; AGAIN, then the listener hears when there are more;
     *     ERROR if the body is bad or the client is gone: then the request has been answered or has ended, and the caller lets go of it
     */
    public int readBody(Buf into) {
        return body.read(this, state(), into);
    }

    /** Reads away what has come of a body nobody wants. Answers whether all of it has. */
    boolean discardBody() {
        return body.discard(this, state());
    }

    // ---- its response

    /** The response's status; 0 until one was set. */
    public int status() {
        return state().status;
    }

    public void status(int status) {
        state().status = status;
    }

    /** Bytes of the response's body, or -1 if its end is not known beforehand. */
    public void responseLength(long bytes) {
        state().contentLength = bytes;
    }

    public long responseLength() {
        return state().contentLength;
    }

    /** Value of Content-Type, lent for as long as the request lives; null for none. */
    public void contentType(byte @Nullable [] value) {
        state().contentType = value;
    }

    /** Adds a header whose bytes lie in a Buf that lives as long as the request. No copy is made. */
    public void addHeader(Buf buf, int id, int name, int nameLength, int value, int valueLength) {
        state().outHeaders.add(buf, id, name, nameLength, value, valueLength);
    }

    /** Adds a header. Copies both. */
    public void addHeader(String name, String value) {
        byte[] nameBytes = name.getBytes(StandardCharsets.ISO_8859_1);
        byte[] valueBytes = value.getBytes(StandardCharsets.ISO_8859_1);
        HeaderNames.check(nameBytes, valueBytes);
        Buf line = pool().take(nameBytes.length + valueBytes.length + 2);
        line.put(nameBytes);
        line.put(HeaderNames.COLON_SPACE);
        line.put(valueBytes);
        int start = line.start();
        addHeader(line, HeaderNames.id(name), start, nameBytes.length, start + nameBytes.length + 2, valueBytes.length);
    }

    /** The value of a header of the response, or null. Allocates. */
    public @Nullable String responseHeader(String name) {
        OutHeaders headers = state().outHeaders;
        for (int i = 0; i < headers.size(); i++) {
            if (name.equalsIgnoreCase(headers.name(i))) {
                return headers.value(i);
            }
        }
        return null;
    }

    /** Whether the header has gone to the filters: nothing of it can be changed any more. */
    public boolean headerSent() {
        return state().headerSent;
    }

    /** Whether the response has no body whatever its headers say: HEAD, 1xx, 204, 304. */
    public boolean headerOnly() {
        return state().headerOnly;
    }

    /** Closes the connection after this response. */
    public void closeAfter() {
        state().keepAlive = false;
    }

    /** Gives the header to the filters. Once. */
    public FilterResult sendHeader() {
        RequestState r = state();
        if (r.headerSent) {
            throw new IllegalStateException("the header of this response was sent before");
        }
        r.headerOnly = (r.parser.lineRead() && line().method() == Method.HEAD) || r.status == 204 || r.status == 304;
        if (!r.bodyDone && r.listener == null && !discardBody()) {
            if (state != r) {
                return FilterResult.ERROR;
            }
            r.keepAlive = false;
        }
        return connection.worker().filters().header(this);
    }

    /** Gives a piece of the body to the filters. What they could not send they hold; the listener hears when it is gone. */
    public FilterResult output(Chain chain) {
        RequestState r = state();
        // A filter may hold the mark for a while: who gives the output has said it all the same.
        r.lastSent |= Chain.last(chain).buf().lastBuf();
        FilterResult result = connection.worker().filters().body(this, chain);
        if (result == FilterResult.AGAIN && state == r) {
            connection().writeTimeout(r.server().connection().sendTimeoutMillis());
        }
        return result;
    }

    /** A link for {@link #output} with bytes of a Buf that stay as they are until the output is sent. */
    public Chain piece(Buf of, int from, int to, boolean last) {
        Pool pool = pool();
        Buf view = pool.view(of, from, to);
        view.tag(WriteFilter.TRANSIENT);
        return pool.link(view.lastBuf(last).lastInChain(last));
    }

    /** A link for {@link #output} that sends what is held back. */
    public Chain flushing() {
        Pool pool = pool();
        Buf mark = pool.mark().flush(true);
        mark.tag(WriteFilter.TRANSIENT);
        return pool.link(mark);
    }

    /**
     * Takes back a link whose Buf a filter has used up, with the Buf's handle if it was made by {@link #piece} or {@link #flushing}. For
     * filters that do not pass on what they are given.
     */
    public void consumed(Chain link) {
        Pool pool = pool();
        Buf buf = link.buf();
        pool.free(link);
        if (buf.tag() == WriteFilter.TRANSIENT) {
            pool.free(buf);
        }
    }

    /** Says that the body is complete. */
    public FilterResult sendLast() {
        Pool pool = pool();
        return output(pool.link(pool.mark().lastBuf(true).lastInChain(true)));
    }

    /** Answers with a whole body. */
    public Outcome respond(int status, byte @Nullable [] type, Constant text) {
        RequestState r = state();
        r.status = status;
        r.answered = true;
        r.contentLength = text.size();
        r.contentType = text.size() == 0 ? null : type;
        if (sendHeader() != FilterResult.ERROR && state == r && !r.headerOnly) {
            Buf buf = text.size() == 0 ? pool().mark() : pool().view(text);
            output(pool().link(buf.lastBuf(true).lastInChain(true)));
        }
        return Outcome.DONE;
    }

    /** Answers with a short text of a type. */
    public Outcome respond(int status, byte[] type, String text) {
        RequestState r = state();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        r.status = status;
        r.answered = true;
        r.contentLength = bytes.length;
        r.contentType = bytes.length == 0 ? null : type;
        if (sendHeader() != FilterResult.ERROR && state == r && !r.headerOnly) {
            outputBytes(bytes);
        }
        return Outcome.DONE;
    }

    /** Answers with a short text. For bodies that are always the same, {@link #respond(int, byte[], Constant)} makes no garbage. */
    public Outcome respond(int status, String text) {
        return respond(status, HeaderNames.TEXT_PLAIN, text);
    }

    private void outputBytes(byte[] bytes) {
        Pool pool = pool();
        Chain first = null;
        Chain last = null;
        for (int at = 0; at < bytes.length; at += HeaderNames.PIECE) {
            int length = Math.min(HeaderNames.PIECE, bytes.length - at);
            Buf buf = pool.take(length);
            buf.put(bytes, at, length);
            Chain link = pool.link(buf);
            if (last == null) {
                first = link;
            } else {
                last.next(link);
            }
            last = link;
        }
        if (first == null || last == null) {
            first = pool.link(pool.mark());
            last = first;
        }
        last.buf().lastBuf(true).lastInChain(true);
        output(first);
    }

    /** Answers with a status and its usual short page. */
    public Outcome answer(int status) {
        if (state().headerSent) {
            throw new IllegalStateException("the header of this response was sent before");
        }
        state().outHeaders.reset();
        Constant page = StatusPages.page(status);
        return respond(status, page.size() == 0 ? null : StatusPages.TYPE, page);
    }

    /** Answers with a status, its usual short page and one header that belongs to it: Location, Allow. */
    public Outcome answer(int status, String header, String value) {
        if (state().headerSent) {
            throw new IllegalStateException("the header of this response was sent before");
        }
        state().outHeaders.reset();
        addHeader(header, value);
        return respond(status, StatusPages.TYPE, StatusPages.page(status));
    }

    // ---- its course

    /** Who hears what the client does while the request is parked. */
    public void listener(@Nullable RequestListener listener) {
        state().listener = listener;
    }

    /** Goes on with the phases behind the handler that parked the request. */
    public void resume() {
        connection.worker().phases().run(this, state());
    }

    /** The handler that parked the request is done with it: what is held is sent, then the request ends. Nothing happens if it has ended. */
    public void finish() {
        connection.finish();
    }

    /** Filters, handlers and plugins mark with it that they hold something of this request. */
    public void buffer(BufferedBit bit) {
        bit.requireScope(BufferedBit.Scope.REQUEST);
        state().buffered |= bit.mask();
    }

    public void unbuffer(BufferedBit bit) {
        bit.requireScope(BufferedBit.Scope.REQUEST);
        state().buffered &= ~bit.mask();
    }

    /** Somebody else works for this request: it does not end before {@link #unblock}. */
    public void block() {
        state().blocked++;
    }

    public void unblock() {
        state().blocked--;
    }

    HttpConnection owner() {
        return connection;
    }
}
