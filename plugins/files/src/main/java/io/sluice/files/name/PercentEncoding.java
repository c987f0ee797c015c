package io.sluice.files.name;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Bytes in URIs (RFC 3986, 2.1). */
public final class PercentEncoding {
    private static final String UNRESERVED = "-._~";
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    /** One name: a slash, a colon or a question mark in it are part of it. */
    public static void component(byte[] name, StringBuilder to) {
        for (byte b : name) {
            escape(b, to);
        }
    }

    /** A path: its slashes stay. */
    public static void path(byte[] path, int from, int end, StringBuilder to) {
        for (int i = from; i < end; i++) {
            if (path[i] == '/') {
                to.append('/');
            } else {
                escape(path[i], to);
            }
        }
    }

    /** A query that may hold decoded text: what cannot stand in a target is escaped, all else is left alone. */
    public static String query(byte[] query, int from, int end) {
        StringBuilder to = new StringBuilder(end - from);
        for (int i = from; i < end; i++) {
            byte b = query[i];
            if (b > ' ' && b != 0x7f && b != '#') {
                to.append((char) b);
            } else {
                escape(b, to);
            }
        }
        return to.toString();
    }

    /**
     * An absolute path of exactly these bytes, whatever the charset that the JDK takes names for.
     *
     * @param name of which the first {@code length} bytes count; without a zero
     */
    public static Path path(byte[] name, int length) {
        for (int i = 0; i < length; i++) {
            if (name[i] < 0) {
                StringBuilder uri = new StringBuilder("file://");
                path(name, 0, length, uri);
                return Path.of(URI.create(uri.toString()));
            }
        }
        return Path.of(new String(name, 0, length, StandardCharsets.US_ASCII));
    }

    /** @param encoded by somebody who does it right */
    public static byte[] decoded(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(encoded, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    private static void escape(byte b, StringBuilder to) {
        boolean plain = (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || (b > 0 && UNRESERVED.indexOf(b) >= 0);
        if (plain) {
            to.append((char) b);
        } else {
            to.append('%').append(HEX.charAt(b >> 4 & 0xf)).append(HEX.charAt(b & 0xf));
        }
    }
}
