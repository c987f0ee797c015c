package io.sluice.upstream.sticky;

import io.sluice.core.variable.BytesSink;

/**
 * A client's request as far as its stickiness has to do with it. The one half of the seam that a consumer implements, such as the proxy of
 * HTTP; the other is that it compiles {@link Stickiness#texts} at load.
 *
 * <p><b>Thread:</b> the worker's.
 */
public interface StickyClient {
    /** Appends what a text says now. */
    void text(int index, BytesSink out);

    /** Appends what the client says that it was told to keep under a name, letters of any case. */
    void kept(byte[] lowerCase, BytesSink out);

    /** Tells the client what to keep, in the place of what was told before for this request. The bytes are lent. */
    void tell(byte[] what, int length);
}
