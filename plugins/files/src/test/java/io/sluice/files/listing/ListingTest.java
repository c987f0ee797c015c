package io.sluice.files.listing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sluice.files.name.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ListingTest {
    /** 2020-01-02 03:04:05 UTC. */
    private static final long TIME = 1_577_934_245;

    private static final List<Entry> ENTRIES = List.of(
            entry("sub", Entry.Kind.DIRECTORY, 4096),
            entry("a.txt", Entry.Kind.FILE, 5),
            entry("bad\u00ff\u00fe.txt", Entry.Kind.FILE, 1),
            entry("big", Entry.Kind.FILE, 5_000_000_000L),
            entry("fifo", Entry.Kind.OTHER, 0),
            entry("javascript:alert(1)", Entry.Kind.FILE, 1),
            entry("new\r\nline", Entry.Kind.FILE, 1),
            entry("n".repeat(60), Entry.Kind.FILE, 70),
            entry("q\"<b>&'", Entry.Kind.FILE, 20_000),
            entry("\u00c3\u00bc ?#%", Entry.Kind.FILE, 1));

    @Test
    void html_is_laid_out_as_nginx_does_and_no_name_gets_out_of_its_place() {
        assertEquals("""
                <html>
                <head><title>Index of /a &lt;b&gt;/</title></head>
                <body>
                <h1>Index of /a &lt;b&gt;/</h1><hr><pre><a href="../">../</a>
                <a href="sub/">sub/</a>                                               02-Jan-2020 03:04                   -
                <a href="a.txt">a.txt</a>                                              02-Jan-2020 03:04                   5
                <a href="bad%FF%FE.txt">bad\ufffd\ufffd.txt</a>                                          02-Jan-2020 03:04                   1
                <a href="big">big</a>                                                02-Jan-2020 03:04          5000000000
                <a href="fifo">fifo</a>                                               02-Jan-2020 03:04                   0
                <a href="javascript%3Aalert%281%29">javascript:alert(1)</a>                                02-Jan-2020 03:04                   1
                <a href="new%0D%0Aline">new\ufffd\ufffdline</a>                                          02-Jan-2020 03:04                   1
                <a href="nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn">nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn..&gt;</a> 02-Jan-2020 03:04                  70
                <a href="q%22%3Cb%3E%26%27">q&quot;&lt;b&gt;&amp;&#39;</a>                                            02-Jan-2020 03:04               20000
                <a href="%C3%BC%20%3F%23%25">\u00fc ?#%</a>                                              02-Jan-2020 03:04                   1
                </pre><hr></body>
                </html>
                """.replace("\n", "\r\n"), text(ENTRIES, ListingFormat.HTML, true));
    }

    @Test
    void sizes_may_be_rounded_as_nginx_does() {
        List<Entry> entries = new ArrayList<>();
        long[] sizes = {
            9999,
            10_000,
            10_751,
            10_752,
            1_048_575,
            1_048_576,
            1_572_863,
            1_572_864,
            1_073_741_823,
            1_073_741_824,
            5_000_000_000L
        };
        for (long size : sizes) {
            entries.add(entry("f", Entry.Kind.FILE, size));
        }
        entries.add(entry("d", Entry.Kind.DIRECTORY, 1));
        String rounded = text(entries, ListingFormat.HTML, false);
        List<String> shown = rounded.lines()
                .filter(line -> line.contains("02-Jan"))
                .map(line -> line.substring(line.indexOf("03:04") + 5))
                .toList();
        assertEquals(
                List.of(
                        "    9999",
                        "     10K",
                        "     10K",
                        "     11K",
                        "   1024K",
                        "      1M",
                        "      1M",
                        "      2M",
                        "   1024M",
                        "      1G",
                        "      5G",
                        "       -"),
                shown);
    }

    @Test
    void json_is_valid_whatever_the_names_are() {
        assertEquals("""
                [
                { "name":"sub", "type":"directory", "mtime":"Thu, 02 Jan 2020 03:04:05 GMT" },
                { "name":"a.txt", "type":"file", "mtime":"Thu, 02 Jan 2020 03:04:05 GMT", "size":5 },
                { "name":"bad\ufffd\ufffd.txt", "type":"file", "mtime":"Thu, 02 Jan 2020 03:04:05 GMT", "size":1 },
                { "name":"big", "type":"file", "mtime":"Thu, 02 Jan 2020 03:04:05 GMT", "size":5000000000 },
                { "name":"fifo", "type":"other", "mtime":"Thu, 02 Jan 2020 03:04:05 GMT" },
                { "name":"javascript:alert(1)", "type":"file", "mtime":"Thu, 02 Jan 2020 03:04:05 GMT", "size":1 },
                { "name":"new\\r\\nline", "type":"file", "mtime":"Thu, 02 Jan 2020 03:04:05 GMT", "size":1 },
                { "name":"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn", "type":"file", "mtime":"Thu, 02 Jan 2020 03:04:05 GMT", "size":70 },
                { "name":"q\\"<b>&'", "type":"file", "mtime":"Thu, 02 Jan 2020 03:04:05 GMT", "size":20000 },
                { "name":"\u00fc ?#%", "type":"file", "mtime":"Thu, 02 Jan 2020 03:04:05 GMT", "size":1 }
                ]""".replace("\n", "\r\n"), text(ENTRIES, ListingFormat.JSON, true));
        assertEquals("[\r\n]", text(List.of(), ListingFormat.JSON, true));
    }

    @Test
    void times_may_be_of_a_zone() {
        ListingStyle style = new ListingStyle(ListingFormat.HTML, true, ZoneId.of("Asia/Kolkata"), 10);
        byte[] page = ListingFormat.HTML.write("/", List.of(entry("f", Entry.Kind.FILE, 1)), style);
        assertTrue(new String(page, StandardCharsets.UTF_8).contains("02-Jan-2020 08:34"));
    }

    @Test
    void random_names_leave_json_readable_and_html_links_exact() {
        Random random = new Random(20261121);
        for (int round = 0; round < 500; round++) {
            byte[] name = new byte[1 + random.nextInt(40)];
            random.nextBytes(name);
            for (int i = 0; i < name.length; i++) {
                name[i] = name[i] == 0 || name[i] == '/' ? (byte) '"' : name[i];
            }
            List<Entry> one = List.of(new Entry(name, Entry.Kind.FILE, 1, TIME));
            String json = text(one, ListingFormat.JSON, true);
            assertEquals(
                    NameText.decoded(name),
                    ConfigFactory.parseString("v = " + json)
                            .getConfigList("v")
                            .getFirst()
                            .getString("name"));
            String html = text(one, ListingFormat.HTML, true);
            assertEquals(7, html.lines().count(), html);
            String line = html.lines()
                    .filter(each -> each.contains("02-Jan"))
                    .findFirst()
                    .orElseThrow();
            int quote = line.indexOf('"');
            String link = line.substring(quote + 1, line.indexOf('"', quote + 1));
            assertTrue(link.chars().allMatch(c -> Character.isLetterOrDigit(c) || "%-._~".indexOf(c) >= 0), link);
            assertArrayEquals(name, PercentEncoding.decoded(link));
            assertEquals(2, line.chars().filter(c -> c == '<').count(), line);
        }
    }

    private static String text(List<Entry> entries, ListingFormat format, boolean exactSize) {
        ListingStyle style = new ListingStyle(format, exactSize, ZoneOffset.UTC, 1000);
        return new String(format.write("/a <b>/", entries, style), StandardCharsets.UTF_8);
    }

    /** @param name one char for each byte */
    private static Entry entry(String name, Entry.Kind kind, long size) {
        return new Entry(name.getBytes(StandardCharsets.ISO_8859_1), kind, size, TIME);
    }
}
