package io.sluice.http.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Texts as bytes, and the ways in which bytes may reach a parser. */
final class Wire {
    static final HeadLimits LIMITS = new HeadLimits(256, 256, 20, 1024);

    private Wire() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    /** The ends of reads, the last one the end of all bytes. */
    static int[] singleBytes(int length) {
        int[] ends = new int[length];
        Arrays.setAll(ends, i -> i + 1);
        return ends;
    }

    static int[] twoParts(int first, int length) {
        return new int[] {first, length};
    }

    static int[] whole(int length) {
        return new int[] {length};
    }

    /** A different cut for each seed. */
    static int[] cut(int length, Random random) {
        int[] ends = new int[length + 1];
        int count = 0;
        int at = 0;
        while (at < length) {
            at = Math.min(length, at + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
            ends[count++] = at;
        }
        if (count == 0) {
            ends[count++] = length;
        }
        return Arrays.copyOf(ends, count);
    }
}
