package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.http.parse.RequestHeadParser;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The head of a request as the client sent it: the Bufs its bytes lie in, and what the parser made of them. Subrequests share it. Recycled. */
final class ReceivedHead {
    static final int MOST_SEGMENTS = 9;

    final RequestHeadParser parser;
    private final @Nullable Buf[] segments = new Buf[MOST_SEGMENTS];
    private int segmentCount;

    ReceivedHead(RequestHeadParser parser) {
        this.parser = parser;
    }

    Buf segment(int index) {
        Buf buf = segments[index];
        if (buf == null) {
            throw new IllegalStateException("no header buffer " + index);
        }
        return buf;
    }

    /** The one that is being filled. */
    Buf lastSegment() {
        return segment(segmentCount - 1);
    }

    void addSegment(Buf buf) {
        segments[segmentCount++] = buf;
    }

    int segmentCount() {
        return segmentCount;
    }

    void reset() {
        Arrays.fill(segments, 0, segmentCount, null);
        segmentCount = 0;
    }
}
