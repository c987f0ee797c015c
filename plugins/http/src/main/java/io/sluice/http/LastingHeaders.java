package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.http.parse.HeaderName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Headers of whatever answers a request in the end, with whose word each is. Recycled with the request's state.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class LastingHeaders {
    /** Who says a thing again, says one of about the same length. */
    private static final int SPARE_BYTES = 32;

    private @Nullable Object[] owners = new Object[2];
    private @Nullable HeaderName[] names = new HeaderName[2];
    private @Nullable Buf[] lines = new Buf[2];
    private int size;

    /** In the place of what the same owner has said under that name. */
    void put(Pool pool, Object owner, HeaderName name, byte[] value, int length) {
        int at = 0;
        while (at < size && (owners[at] != owner || names[at] != name)) {
            at++;
        }
        if (at == owners.length) {
            owners = Arrays.copyOf(owners, at * 2);
            names = Arrays.copyOf(names, at * 2);
            lines = Arrays.copyOf(lines, at * 2);
        }
        int wanted = name.text().length() + 2 + length;
        Buf line = lines[at];
        if (line == null || line.clear().room() < wanted) {
            line = pool.take(wanted + SPARE_BYTES);
        }
        line.putAscii(name.text());
        line.put(HeaderNames.COLON_SPACE);
        line.put(value, 0, length);
        owners[at] = owner;
        names[at] = name;
        lines[at] = line;
        size = Math.max(size, at + 1);
    }

    void addTo(OutHeaders headers) {
        for (int i = 0; i < size; i++) {
            Buf line = lines[i];
            HeaderName name = names[i];
            if (line != null && name != null) {
                int nameLength = name.text().length();
                int value = line.start() + nameLength + 2;
                headers.add(line, name.ordinal(), line.start(), nameLength, value, line.last() - value);
            }
        }
    }

    void reset() {
        Arrays.fill(owners, 0, size, null);
        Arrays.fill(names, 0, size, null);
        Arrays.fill(lines, 0, size, null);
        size = 0;
    }
}
