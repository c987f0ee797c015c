package io.sluice.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What both servers answer, by path. */
public final class Pages {

    /** The server's own answer. */
    public static final String HELLO = "/hello";

    /** The origin's. */
    public static final String PROXIED = "/";

    public static final String FILE_1K = "/files/1k.txt";
    public static final String FILE_1M = "/files/1m.bin";

    static final String HELLO_BODY = "hello";
    static final String ORIGIN_BODY = "hello from the origin, sixty-four bytes long, give or take some.";

    private static final String BODY_1K = "a line of a file, of thirty-two.".repeat(32);
    private static final String BODY_1M = BODY_1K.repeat(1024);

    private Pages() {}

    public static String body(String path) {
        return switch (path) {
            case HELLO -> HELLO_BODY;
            case FILE_1K -> BODY_1K;
            case FILE_1M -> BODY_1M;
            default -> ORIGIN_BODY;
        };
    }

    /** Writes the files under a document root. */
    public static void writeFiles(Path root) {
        try {
            for (String path : new String[] {FILE_1K, FILE_1M}) {
                Path file = root.resolve(path.substring(1));
                Files.createDirectories(file.getParent());
                Files.writeString(file, body(path), StandardCharsets.US_ASCII);
            }
        } catch (IOException failed) {
            throw new BenchException("cannot write the files to be served to " + root, failed);
        }
    }
}
