package io.sluice.core.connection;

import java.nio.charset.StandardCharsets;

/** How addresses are written. */
final class AddressText {
    private AddressText() {}

    /**
     * RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups shortened, the first of equals. What stands for an
     * IPv4 address, as of a client that comes to a socket of both families, ends with that: {@code ::ffff:10.0.0.1}.
     */
    static String inet6(byte[] bytes) {
        if (isMapped(bytes)) {
            return "::ffff:" + inet(bytes, 12);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255;
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; ) {
            int j = i;
            while (j < 8 && groups[j] == 0) {
                j++;
            }
            if (j - i > bestLength) {
                bestStart = i;
                bestLength = j - i;
            }
            i = Math.max(j, i + 1);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; ) {
            if (i == bestStart) {
                out.append("::");
                i += bestLength;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
            i++;
        }
        return out.toString();
    }

    static String inet(byte[] bytes, int at) {
        return (bytes[at] & 255) + "." + (bytes[at + 1] & 255) + "." + (bytes[at + 2] & 255) + "."
                + (bytes[at + 3] & 255);
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    /** An abstract name is written with an @ for its zero byte. */
    static String path(byte[] path) {
        if (path.length > 0 && path[0] == 0) {
            return "@" + new String(path, 1, path.length - 1, StandardCharsets.UTF_8);
        }
        return new String(path, StandardCharsets.UTF_8);
    }
}
