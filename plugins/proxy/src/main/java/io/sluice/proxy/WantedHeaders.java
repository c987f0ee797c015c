package io.sluice.proxy;

import io.sluice.core.buffer.Slabs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which values of peers' heads the variables of a configuration name: what is not named is not kept. Filled while the configuration is
 * loaded, then only read, by all workers.
 */
final class WantedHeaders {
    /**
     * One of them.
     *
     * @param name in lower case
     * @param cookie whether it is that of a cookie, not of a header
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Wanted(byte[] name, boolean cookie) {}

    private final List<Wanted> all = new ArrayList<>();
    private int largestHead;

    /** Answers its index; the same for the same name. */
    int add(byte[] name, boolean cookie) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).cookie == cookie && Arrays.equals(all.get(i).name, name)) {
                return i;
            }
        }
        all.add(new Wanted(name, cookie));
        return all.size() - 1;
    }

    /** A location whose peers' heads have so many bytes at most. */
    void from(int headBytes) {
        largestHead = Math.max(largestHead, headBytes);
    }

    int size() {
        return all.size();
    }

    Wanted get(int i) {
        return all.get(i);
    }

    /** What an exchange may need to keep them: a cookie's bytes may be wanted as those of its header too. */
    int reservedBytes() {
        return all.isEmpty() ? 0 : Math.min(2 * largestHead, Slabs.LARGEST_BLOCK);
    }
}
