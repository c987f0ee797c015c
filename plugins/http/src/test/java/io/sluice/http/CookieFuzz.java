package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Pool;
import io.sluice.core.buffer.Slabs;
import io.sluice.core.variable.BytesSink;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For a fuzzer: the cookie that is found is the one of a second, slow reading, and nothing around the line is looked at. */
final class CookieFuzz {
    private static final byte[] NAME = {'a', '_', 'b'};
    private static final Pattern COOKIE = Pattern.compile("(?:^|[;,]) *+(?i:a_b) *+= *+([^;]*+)", Pattern.DOTALL);

    private CookieFuzz() {}

    public static void fuzzerTestOneInput(byte[] line) {
        Matcher found = COOKIE.matcher(behindFirstSpaces(line));
        String expected = found.find() ? "=" + found.group(1) : "";
        Slabs slabs = new Slabs(new MemoryBudget(1 << 20), true);
        try {
            assertEquals(expected, read(slabs, line, "a_b=;"));
            assertEquals(expected, read(slabs, line, "= a_b"));
            assertEquals(0, slabs.bytesInUse());
        } finally {
            slabs.close();
        }
    }

    /** A line begins without spaces when it comes from the parser; here it may not, and then its first cookie has another name. */
    private static String behindFirstSpaces(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        return text.startsWith(" ") ? "x" + text : text;
    }

    private static String read(Slabs slabs, byte[] line, String around) {
        byte[] fence = around.getBytes(StandardCharsets.ISO_8859_1);
        Pool pool = slabs.pool();
        Buf buf = pool.take(line.length + 2 * fence.length);
        buf.put(fence);
        int from = buf.last();
        buf.put(line);
        buf.put(fence);
        BytesSink value = new BytesSink(16, 1 << 16);
        boolean found = CookieHeader.find(buf, from, from + line.length, NAME, value);
        pool.close();
        return found ? "=" + new String(value.toBytes(), StandardCharsets.ISO_8859_1) : "";
    }
}
