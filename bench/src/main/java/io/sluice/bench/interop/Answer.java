package io.sluice.bench.interop;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * An answer as far as two servers can agree on it: boundaries of parts, the port in a Location, how the body was cut into
 * chunks and how well it was compressed are taken out.
 *
 * @param headers by name in small letters; several of one name are joined by a bar
 * @param body as a client understands it, a character a byte
 */
record Answer(String status, Map<String, String> headers, String body) {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]*)\"");

    /** @param bytes all that came until the server closed */
    static Answer of(byte[] bytes, int port) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return new Answer(text.isEmpty() ? "closed" : "no head", Map.of(), text);
        }
        String[] lines = text.substring(0, headEnd).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] nameAndValue = lines[i].split(":", 2);
            headers.merge(
                    nameAndValue[0].toLowerCase(Locale.ROOT),
                    nameAndValue[1].strip().replace(":" + port, ":PORT"),
                    (one, next) -> one + " | " + next);
        }
        String body = text.substring(headEnd + 4);
        if (!body.isEmpty() && "chunked".equals(headers.get("transfer-encoding"))) {
            body = withoutChunks(body);
        }
        if (!body.isEmpty() && "gzip".equals(headers.get("content-encoding"))) {
            body = unpacked(body);
        }
        Matcher boundary = BOUNDARY.matcher(headers.getOrDefault("content-type", ""));
        if (boundary.find()) {
            String value = boundary.group(1);
            body = body.replace(value, "BOUNDARY");
            headers.replaceAll((name, header) -> header.replace(value, "BOUNDARY"));
            // Boundaries differ in length, and so does what holds them.
            headers.replace("content-length", Integer.toString(body.length()));
        }
        return new Answer(lines[0], headers, body);
    }

    boolean isPage() {
        return headers.getOrDefault("content-type", "").startsWith("text/html") && body.contains("<a href=");
    }

    /** For a list of a folder, which each server writes in its own way: what it leads to. */
    String links() {
        Matcher link = LINK.matcher(body);
        StringBuilder links = new StringBuilder();
        while (link.find()) {
            links.append(link.group(1)).append(' ');
        }
        return links.toString();
    }

    private static String withoutChunks(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (true) {
            int line = body.indexOf("\r\n", at);
            if (line < 0) {
                return whole + "(no last chunk)";
            }
            int size = Integer.parseInt(body.substring(at, line), 16);
            if (size == 0) {
                return whole.toString();
            }
            int end = Math.min(body.length(), line + 2 + size);
            whole.append(body, line + 2, end);
            at = Math.min(body.length(), end + 2);
        }
    }

    private static String unpacked(String body) throws IOException {
        byte[] packed = body.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            in.transferTo(whole);
        }
        return whole.toString(StandardCharsets.ISO_8859_1);
    }
}
