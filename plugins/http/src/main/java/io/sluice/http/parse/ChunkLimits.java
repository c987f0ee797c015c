package io.sluice.http.parse;

/**
 * What may surround the data of a chunked body. Extension bytes are counted over the whole body, so that many small
 * chunks cannot carry a large load past the limit of the body; trailer bytes count the whole trailer section.
 */
public record ChunkLimits(int extensionBytes, int trailerBytes, int trailers) {

    public ChunkLimits {
        if (extensionBytes < 0 || trailerBytes < 2 || trailers < 1) {
            throw new IllegalArgumentException("limits of a chunked body must be positive");
        }
        if (extensionBytes > HeadLimits.MOST || trailerBytes > HeadLimits.MOST || trailers > HeadLimits.MOST) {
            throw new IllegalArgumentException("limits of a chunked body must be at most " + HeadLimits.MOST);
        }
    }
}
