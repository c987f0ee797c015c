package io.sluice.files.listing;

import io.sluice.files.name.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** A list as nginx's autoindex writes it: names in a column of 50, then time and size. */
final class HtmlListing {
    private static final int NAME_COLUMN = 50;
    private static final int CUT_NAME = NAME_COLUMN - 3;
    private static final int EXACT_COLUMN = 20;
    private static final int ROUND_COLUMN = 8;
    private static final int BYTES_PER_LINE = 160;
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private final StringBuilder page;
    private final ListingStyle style;

    private HtmlListing(int entries, ListingStyle style) {
        this.page = new StringBuilder(256 + entries * BYTES_PER_LINE);
        this.style = style;
    }

    static byte[] of(String path, List<Entry> entries, ListingStyle style) {
        HtmlListing listing = new HtmlListing(entries.size(), style);
        listing.begin(path);
        entries.forEach(listing::line);
        listing.page.append("</pre><hr></body>\r\n</html>\r\n");
        return listing.page.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void begin(String path) {
        StringBuilder title = new StringBuilder("Index of ");
        NameText.escapeHtml(path, title);
        page.append("<html>\r\n<head><title>").append(title).append("</title></head>\r\n<body>\r\n<h1>");
        page.append(title).append("</h1><hr><pre><a href=\"../\">../</a>\r\n");
    }

    private void line(Entry entry) {
        boolean folder = entry.kind() == Entry.Kind.DIRECTORY;
        page.append("<a href=\"");
        PercentEncoding.component(entry.name(), page);
        page.append(folder ? "/\">" : "\">");
        String text = NameText.shown(entry.name()) + (folder ? "/" : "");
        int width = text.codePointCount(0, text.length());
        if (width > NAME_COLUMN) {
            text = text.substring(0, text.offsetByCodePoints(0, CUT_NAME)) + "..>";
            width = NAME_COLUMN;
        }
        NameText.escapeHtml(text, page);
        page.append("</a>").repeat(' ', NAME_COLUMN + 1 - width);
        time(entry.modifiedSeconds(), style.zone());
        String size = folder ? "-" : style.exactSize() ? Long.toString(entry.sizeBytes()) : rounded(entry.sizeBytes());
        page.repeat(' ', Math.max(1, (style.exactSize() ? EXACT_COLUMN : ROUND_COLUMN) - size.length()));
        page.append(size).append("\r\n");
    }

    private void time(long seconds, ZoneId zone) {
        ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(zone);
        two(time.getDayOfMonth());
        page.append('-').append(MONTHS[time.getMonthValue() - 1]).append('-').append(time.getYear());
        page.append(' ');
        two(time.getHour());
        page.append(':');
        two(time.getMinute());
    }

    private void two(int number) {
        page.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** To the nearest k, M or G, as nginx rounds. */
    private static String rounded(long bytes) {
        long k = 1024;
        if (bytes > 1024 * k * k - 1) {
            return half(bytes, k * k * k) + "G";
        }
        if (bytes > k * k - 1) {
            return half(bytes, k * k) + "M";
        }
        return bytes > 9999 ? half(bytes, k) + "K" : Long.toString(bytes);
    }

    private static long half(long bytes, long unit) {
        return bytes / unit + (bytes % unit > unit / 2 - 1 ? 1 : 0);
    }
}
