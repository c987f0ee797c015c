package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.http.NewTarget;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** For a fuzzer: where a peer sends a request is refused, or a path that request may have, decoded as slowly as can be. */
final class AccelTargetFuzz {
    private static final Pattern ESCAPED = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*", Pattern.DOTALL);

    private AccelTargetFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String value = new String(data, StandardCharsets.ISO_8859_1);
        AccelTarget target = AccelTarget.parse(value);
        if (value.startsWith("@")) {
            assertTrue(target != null && target.isNamed() && target.path().equals(value));
            return;
        }
        String[] parts = value.split("\\?", 2);
        boolean good = ESCAPED.matcher(parts[0]).matches() && NewTarget.isPath(slowly(parts[0]));
        if (!good || (parts.length == 2 && !NewTarget.isQuery(parts[1]))) {
            assertEquals(null, target);
            return;
        }
        assertTrue(target != null && !target.isNamed());
        assertEquals(slowly(parts[0]), target.path());
        assertEquals(parts.length == 2 ? parts[1] : null, target.query());
        assertFalse(Arrays.asList(target.path().split("/")).contains(".."));
    }

    private static String slowly(String escaped) {
        return Pattern.compile("%(..)").matcher(escaped).replaceAll(hex -> {
            char c = (char) Integer.parseInt(hex.group(1), 16);
            return c == '$' || c == '\\' ? "\\" + c : String.valueOf(c);
        });
    }
}
