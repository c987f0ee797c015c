package io.sluice.bench.interop;

import io.sluice.bench.server.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** The folder that both serve. */
final class Site {

    /** When all files were changed last. */
    static final String MODIFIED = "Tue, 02 Jan 2024 03:04:05 GMT";

    static final String EARLIER = "Mon, 01 Jan 2024 03:04:05 GMT";
    static final String LATER = "Wed, 03 Jan 2024 03:04:05 GMT";

    private static final Instant TIME = Instant.parse("2024-01-02T03:04:05Z");
    private static final String TEXT = "0123456789".repeat(100);
    private static final String PAGE = "<p>a line to be compressed</p>\n".repeat(200);

    /** Of t.txt. */
    static final String ETAG = etag(TEXT);

    /** Of the file to be compressed. */
    static final String PAGE_ETAG = etag(PAGE);

    private final Path root;

    private Site(Path root) {
        this.root = root;
    }

    /** As nginx makes it: time and size in hexadecimal. */
    private static String etag(String content) {
        return "\"" + Long.toHexString(TIME.getEpochSecond()) + "-" + Integer.toHexString(content.length()) + "\"";
    }

    static void write(Path root) {
        Site site = new Site(root);
        try {
            site.write("t.txt", TEXT);
            site.write("big.bin", "a line of thirty-two bytes, one.".repeat(8192));
            site.write("empty.txt", "");
            site.write("noextension", "of the default type");
            site.write("a b%c.txt", "a name that has to be escaped");
            site.write("folder/index.html", "<p>the folder's index</p>\n");
            site.write("folder/page.html", "<p>a page</p>\n");
            site.write("bare/only.txt", "in a folder without an index");
            site.write("list/one.txt", "one");
            site.write("list/two & three.txt", "two, three");
            site.write("list/below/four.txt", "four");
            site.write("alias/t.txt", "under another name");
            site.write("try/found.txt", "found at once");
            site.write("try/fallback.html", "<p>the fallback</p>\n");
            site.write("gz/page.html", PAGE);
            site.write("gz/small.html", "<p>small</p>");
            site.write("expires/t.txt", "for a day");
            site.write("link/target.txt", "behind a link");
            Files.createSymbolicLink(root.resolve("link/to.txt"), Path.of("target.txt"));
        } catch (IOException failed) {
            throw new BenchException("cannot write the files to be served to " + root, failed);
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.US_ASCII);
        Files.setLastModifiedTime(file, FileTime.from(TIME));
    }
}
