package io.sluice.upstream.sticky;

import io.sluice.core.variable.BytesSink;
import org.jspecify.annotations.Nullable;

/**
 * One request as a {@link StickyWorker} sees it. Belongs to a client connection and is used again for its next request.
 *
 * <p><b>Thread:</b> the worker's.
 */
public interface StickyRequest {
    /**
     * What a text of {@link Stickiness#texts} says now; empty if it says nothing. All of it may come from the client.
     *
     * @return lent until the next text or kept value is asked for
     */
    BytesSink text(int index);

    /**
     * What the client was told to keep under a name, as it says; empty if it says nothing. It may say what it likes.
     *
     * @param lowerCase the name, of which the case of letters does not count
     * @return lent until the next text or kept value is asked for
     */
    BytesSink kept(byte[] lowerCase);

    /** Wishes for the server that is called so; if none is, for none. */
    void want(byte[] sid, int length);

    /** As {@link #want(byte[], int)}, with what {@link #sid} was for an earlier request. */
    void want(String sid);

    /**
     * The peer that is held, as a request calls it that wants just this one.
     *
     * @throws IllegalStateException if none is held
     */
    String sid();

    /**
     * Tells the client what to keep, with the answer that it gets in the end, whoever gives it. What was told before for this request is
     * forgotten.
     *
     * @param what the text, as the client's protocol has it (HTTP: the value of a Set-Cookie); copied
     */
    void tell(BytesSink what);

    /** What {@link #note(Object)} said for an earlier request of this client to the same upstream, or null. */
    @Nullable
    Object note();

    /** Keeps an object with the client's connection, from request to request, so that it can be used again. */
    void note(Object value);
}
