package io.sluice.gzip;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which media types are compressed. Immutable, shared by all workers. */
final class MediaTypes {
    private final byte[][] names;
    private final boolean any;

    /** @param types names, or {@code *} for all; text/html is always one of them */
    MediaTypes(List<String> types) {
        Set<String> all = new LinkedHashSet<>();
        all.add("text/html");
        for (String type : types) {
            all.add(type.toLowerCase(Locale.ROOT));
        }
        any = all.contains("*");
        names = all.stream()
                .map(name -> name.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }

    /**
     * Whether a Content-Type's media type is one of them, its parameters left aside.
     *
     * @param length of the value; negative if there is none
     */
    boolean have(byte[] value, int length) {
        if (any) {
            return true;
        }
        int end = 0;
        while (end < length && value[end] != ';' && value[end] != ' ' && value[end] != '\t') {
            end++;
        }
        for (byte[] name : names) {
            if (Words.same(value, 0, end, name)) {
                return true;
            }
        }
        return false;
    }
}
