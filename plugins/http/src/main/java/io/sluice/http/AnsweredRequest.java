package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.http.parse.HeaderLine;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HttpDate;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The part of a request's handle that says what it is answered with: status and headers. */
abstract class AnsweredRequest extends AskedRequest {
    private static final int LAST_MODIFIED = HeaderName.LAST_MODIFIED.ordinal();
    private static final int CONTENT_TYPE = HeaderName.CONTENT_TYPE.ordinal();
    private static final int ETAG = HeaderName.ETAG.ordinal();

    AnsweredRequest(HttpConnection connection) {
        super(connection);
    }

    /** The response's status; 0 until one was set. */
    public final int status() {
        return state().status;
    }

    public final void status(int status) {
        state().status = status;
    }

    /** Bytes of the response's body, or -1 if its end is not known beforehand. */
    public final void responseLength(long bytes) {
        state().contentLength = bytes;
    }

    public final long responseLength() {
        return state().contentLength;
    }

    /** Value of Content-Type, lent for as long as the request lives; null for none. */
    public final void contentType(byte @Nullable [] value) {
        RequestState r = state();
        r.contentType = value;
        r.outHeaders.removeAll(CONTENT_TYPE);
    }

    /** Value of Content-Type; that of a header of the response, as a peer sent it, is copied when it is asked for. */
    public final byte @Nullable [] contentType() {
        RequestState r = state();
        return r.contentType != null ? r.contentType : r.outHeaders.copy(CONTENT_TYPE);
    }

    /** When what is sent was changed, in seconds since 1970-01-01T00:00:00Z, for Last-Modified; -1 for unknown. */
    public final void lastModified(long epochSeconds) {
        RequestState r = state();
        r.lastModified = epochSeconds;
        r.outHeaders.removeAll(LAST_MODIFIED);
    }

    /** As it was set, or as a header of the response says it, such as that of a peer; -1 for unknown. */
    public final long lastModified() {
        RequestState r = state();
        int header = r.lastModified >= 0 ? -1 : r.outHeaders.first(LAST_MODIFIED);
        if (header < 0) {
            return r.lastModified;
        }
        byte[] scratch = owner().worker().scratch();
        return HttpDate.parse(scratch, 0, Math.min(r.outHeaders.value(header, scratch), scratch.length));
    }

    /** Value of ETag with its quotes, and W/ if it is weak; lent for as long as the request lives; null for none. */
    public final void entityTag(byte @Nullable [] value) {
        RequestState r = state();
        r.entityTag = value;
        r.outHeaders.removeAll(ETAG);
    }

    /** Value of ETag; that of a header of the response, as a peer sent it, is copied when it is asked for. */
    public final byte @Nullable [] entityTag() {
        RequestState r = state();
        return r.entityTag != null ? r.entityTag : r.outHeaders.copy(ETAG);
    }

    /** Whether a client may be given parts of the body instead of all of it; whoever changes the body on its way says no. */
    public final void allowRanges(boolean on) {
        state().allowsRanges = on;
    }

    public final boolean allowsRanges() {
        return state().allowsRanges;
    }

    /** Adds a header whose bytes lie in a Buf that lives as long as the request. No copy is made. */
    public final void addHeader(Buf buf, int id, int name, int nameLength, int value, int valueLength) {
        state().outHeaders.add(buf, id, name, nameLength, value, valueLength);
    }

    /**
     * Adds a header whose line, name, colon, space and value, lies ready in a Buf that lives as long as the request. No copy is made.
     *
     * @param id of the name, or -1
     * @param from where the line begins
     * @param to behind the value
     */
    public final void addLine(Buf buf, int id, int nameLength, int from, int to) {
        int value = from + nameLength + 2;
        addHeader(buf, id, from, nameLength, value, to - value);
    }

    /**
     * Says, before the header is sent, that trailers will follow the body: it goes in chunks then, whatever its length, if the client knows
     * chunks. See {@link #addTrailer}.
     */
    public final void expectTrailers() {
        state().expectsTrailers = true;
    }

    /** Whether trailers were announced, and this client gets them. */
    public final boolean expectsTrailers() {
        RequestState r = state();
        return r.expectsTrailers && r.chunked;
    }

    /** Adds a trailer, as {@link #addLine}, before the last piece of the body goes to the chunked filter. */
    public final void addTrailer(Buf buf, int nameLength, int from, int to) {
        int value = from + nameLength + 2;
        state().trailers().add(buf, -1, from, nameLength, value, to - value);
    }

    /** Adds a header. Copies both. */
    public final void addHeader(String name, String value) {
        byte[] nameBytes = name.getBytes(StandardCharsets.ISO_8859_1);
        byte[] valueBytes = value.getBytes(StandardCharsets.ISO_8859_1);
        HeaderNames.check(nameBytes, valueBytes);
        Buf line = pool().take(nameBytes.length + valueBytes.length + 2);
        line.put(nameBytes);
        line.put(HeaderNames.COLON_SPACE);
        line.put(valueBytes);
        addLine(line, HeaderNames.id(name), nameBytes.length, line.start(), line.last());
    }

    /**
     * Says a header of whatever answers this request in the end: an error page, and what a redirect leads to, have it too, which forget what
     * else was said. It takes the place of what the same owner has said so before. Copies the value.
     *
     * @throws IllegalArgumentException for a control character in the value
     */
    public final void lastingHeader(Object owner, HeaderName name, byte[] value, int length) {
        RequestState r = state();
        if (r.headerSent) {
            throw new IllegalStateException("the header of this response was sent before");
        }
        if (!HeaderLine.isValue(value, 0, length)) {
            throw new IllegalArgumentException("a header's value has no control characters");
        }
        r.lasting().put(pool(), owner, name, value, length);
    }

    /** The value of a header of the response, or null. Allocates. */
    public final @Nullable String responseHeader(String name) {
        OutHeaders headers = state().outHeaders;
        for (int i = 0; i < headers.size(); i++) {
            if (name.equalsIgnoreCase(headers.name(i))) {
                return headers.value(i);
            }
        }
        return null;
    }

    public final int responseHeaderCount() {
        return state().outHeaders.size();
    }

    /** Ordinal of the {@link HeaderName} of a header of the response, or -1. */
    public final int responseHeaderId(int header) {
        return state().outHeaders.id(header);
    }

    /** The first header of the response of a name, or -1. What is set by methods of its own, as Content-Type, is not among them. */
    public final int responseHeaderIndex(HeaderName name) {
        return state().outHeaders.first(name.ordinal());
    }

    /** Copies what fits of the value of a header of the response. @return the value's length */
    public final int responseHeaderValue(int header, byte[] into) {
        return state().outHeaders.value(header, into);
    }

    /** Takes all headers of a name out of the response. */
    public final void removeResponseHeader(HeaderName name) {
        state().outHeaders.removeAll(name.ordinal());
    }

    /** Whether the header has gone to the filters: nothing of it can be changed any more. */
    public final boolean headerSent() {
        return state().headerSent;
    }

    /**
     * Whether no body is wanted, whatever the headers say: for HEAD, 1xx, 204, 304, and where a filter has answered in the handler's place.
     * What is given to the filters all the same is thrown away.
     */
    public final boolean headerOnly() {
        return state().headerOnly;
    }

    /** Says that the handler, or who it asked, has weighed the request's conditions (If-Match and its kin) itself. */
    public final void conditionsWeighed() {
        state().conditionsWeighed = true;
    }

    public final boolean areConditionsWeighed() {
        return state().conditionsWeighed;
    }

    /** Says that the body comes in pieces that cannot be had again: one range can be cut out of it, not several in any order. */
    public final void singleRange(boolean on) {
        state().singleRange = on;
    }

    public final boolean isSingleRange() {
        return state().singleRange;
    }

    /** A filter that must see the bytes of the body says so in its {@code header}: parts of files are read into memory then. */
    public final void needInMemory() {
        state().neededInMemory = true;
    }

    /** Whether a filter of this request, or of the one it is part of, must see the bytes. */
    public final boolean isNeededInMemory() {
        RequestState r = state();
        return r.neededInMemory || r.main().neededInMemory;
    }

    /**
     * How fast this answer, or the page it is part of, may leave, in the place of what the configuration says (X-Accel-Limit-Rate); counts
     * until something was sent.
     *
     * @param bytesPerSecond 0 for no limit
     */
    public final void limitRate(long bytesPerSecond) {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("a rate is not negative: " + bytesPerSecond);
        }
        state().main().limitRate = bytesPerSecond;
    }

    /** Closes the connection after this response. */
    public final void closeAfter() {
        state().main().keepAlive = false;
    }
}
