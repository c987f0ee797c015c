package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.http.parse.UriNormalizer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** For a fuzzer: a path that clients may have come to is one a plugin may send them to, and nothing else is but doubled slashes. */
final class NewTargetFuzz {
    private static final Pattern DOTS = Pattern.compile("(?:^|/)\\.{1,2}(?:/|\\z)");

    private NewTargetFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String path = "/" + new String(data, StandardCharsets.ISO_8859_1);
        boolean good = !DOTS.matcher(path).find() && path.indexOf(0) < 0;
        assertEquals(good, NewTarget.isPath(path));
        byte[] source = path.getBytes(StandardCharsets.ISO_8859_1);
        byte[] normal = new byte[source.length];
        UriNormalizer normalizer = new UriNormalizer();
        // A target with a zero in it does not come so far; an escaped one is refused here.
        if (path.indexOf(0) < 0 && normalizer.normalize(source, 0, source.length, normal, 0)) {
            String reached = new String(normal, 0, normalizer.end(), StandardCharsets.ISO_8859_1);
            assertTrue(NewTarget.isPath(reached), reached);
            assertArrayEquals(reached.getBytes(StandardCharsets.ISO_8859_1), NewTarget.path(reached));
        }
        boolean query = path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#');
        assertEquals(query, NewTarget.isQuery(path));
    }
}
