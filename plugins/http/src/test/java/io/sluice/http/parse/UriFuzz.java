package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/** For a fuzzer: a normalized path is what a second, slow reading of the rules says. */
final class UriFuzz {
    private UriFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String path = "/" + Wire.text(data);
        byte[] source = Wire.bytes(path);
        byte[] target = new byte[source.length];
        UriNormalizer normalizer = new UriNormalizer();
        boolean good = normalizer.normalize(source, 0, source.length, target, 0);
        String expected = slowly(path);
        assertEquals(expected, good ? Wire.text(target, 0, normalizer.end()) : "");
        assertEquals(good, normalizer.fault() == Fault.NONE);
        if (good) {
            assertFalse(expected.contains("//") || expected.contains("/../") || expected.contains("/./"), expected);
            assertTrue(expected.startsWith("/"));
        }
    }

    private static String slowly(String path) {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                if (!path.substring(i + 1, Math.min(i + 3, path.length())).matches("[0-9a-fA-F]{2}")) {
                    return "";
                }
                c = (char) Integer.parseInt(path.substring(i + 1, i + 3), 16);
                i += 2;
                if (c == 0) {
                    return "";
                }
            }
            decoded.append(c);
        }
        List<String> kept = new ArrayList<>();
        String last = "";
        for (String segment : decoded.substring(1).split("/", -1)) {
            last = segment;
            if (segment.equals("..")) {
                if (kept.isEmpty()) {
                    return "";
                }
                kept.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.add(segment);
            }
        }
        boolean folder = last.isEmpty() || last.equals(".") || last.equals("..");
        return kept.isEmpty() ? "/" : "/" + String.join("/", kept) + (folder ? "/" : "");
    }
}
