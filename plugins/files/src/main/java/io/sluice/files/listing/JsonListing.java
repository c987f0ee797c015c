package io.sluice.files.listing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A list as nginx's autoindex writes it with {@code autoindex_format json}; always valid UTF-8. */
final class JsonListing {
    private static final int BYTES_PER_LINE = 120;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private JsonListing() {}

    static byte[] of(List<Entry> entries) {
        StringBuilder json = new StringBuilder(16 + entries.size() * BYTES_PER_LINE).append('[');
        for (Entry entry : entries) {
            json.append(json.length() > 1 ? ",\r\n" : "\r\n").append("{ \"name\":\"");
            escape(NameText.decoded(entry.name()), json);
            json.append("\", \"type\":\"").append(entry.kind().text()).append("\", \"mtime\":\"");
            TIME.formatTo(Instant.ofEpochSecond(entry.modifiedSeconds()), json);
            json.append('"');
            if (entry.kind() == Entry.Kind.FILE) {
                json.append(", \"size\":").append(entry.sizeBytes());
            }
            json.append(" }");
        }
        return json.append("\r\n]").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** RFC 8259, 7; and the two line ends that are none in JSON but are in old scripts. */
    private static void escape(String text, StringBuilder to) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> to.append("\\\"");
                case '\\' -> to.append("\\\\");
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                case '\t' -> to.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || c == '\u2028' || c == '\u2029') {
                        to.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            to.append(Character.forDigit(c >> shift & 0xf, 16));
                        }
                    } else {
                        to.append(c);
                    }
                }
            }
        }
    }
}
