package io.sluice.files;

import io.sluice.http.HttpPlugin;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A folder {@code www} with files beside others that nobody may see, and servers of it. When the test has ended, and the servers with it,
 * none of the files may still be open.
 */
final class Site implements BeforeEachCallback, AfterEachCallback {
    /** In every file outside of www. */
    static final String SECRET = "this-is-secret";

    /** 2020-01-02 03:04:05 UTC: the time of every file that {@link #file} makes. */
    static final Instant TIME = Instant.ofEpochSecond(1_577_934_245);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestServers servers = new TestServers(new HttpPlugin(), new FilesPlugin());
    private Path folder = Path.of("");

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("site").toRealPath();
        Files.createDirectory(www());
        Files.writeString(folder.resolve("secret.txt"), SECRET);
        Files.createDirectory(folder.resolve("www-other"));
        Files.writeString(folder.resolve("www-other/secret.txt"), SECRET);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try {
            servers.afterEach(context);
            // A folder may still be read for a moment for a client that went away.
            Await.until("no file is open any more", PATIENCE, () -> openFiles().isEmpty());
        } finally {
            delete(folder);
        }
    }

    Path folder() {
        return folder;
    }

    Path www() {
        return folder.resolve("www");
    }

    /** Writes a file below www, with the folders on its way. */
    Path file(String name, String text) {
        return file(www().resolve(name), text);
    }

    static Path file(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
            return Files.setLastModifiedTime(file, FileTime.from(TIME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory(String name) {
        try {
            return Files.createDirectories(www().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path link(String name, String target) {
        try {
            return Files.createSymbolicLink(www().resolve(name), Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void permissions(Path file, String text) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server whose only location is /, with www as its root and these settings. */
    TestServer start(String driver, String settings) {
        return startWith(driver, "{ path = \"/\", root = \"" + www() + "\"\n" + settings + " }");
    }

    /** A server with these locations, in which WWW and FOLDER stand for the folders. */
    TestServer startWith(String driver, String locations) {
        return servers.start(driver, configuration(locations));
    }

    /** A server with this configuration, in which WWW and FOLDER stand for the folders. */
    TestServer startText(String driver, String configuration) {
        return servers.start(driver, named(configuration));
    }

    TestServer startWithHandClock(String driver, String locations) {
        return servers.startWithHandClock(driver, configuration(locations));
    }

    String configuration(String locations) {
        return "http.servers = [ { listen = [\"127.0.0.1:0\"], locations = [ " + named(locations) + " ] } ]\n";
    }

    private String named(String text) {
        return text.replace("WWW", www().toString()).replace("FOLDER", folder.toString());
    }

    <T extends AutoCloseable> T closing(T closeable) {
        return servers.closing(closeable);
    }

    /** The files below the folder that this process has open; none where the system does not tell. */
    List<String> openFiles() {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        try (Stream<Path> each = Files.list(descriptors)) {
            return each.map(Site::target)
                    .filter(target -> target.startsWith(folder.toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    static Response get(RawClient client, String path) {
        return ask(client, "GET " + path, "");
    }

    /** @param headers lines, each with its end */
    static Response ask(RawClient client, String line, String headers) {
        client.send(line + " HTTP/1.1\r\nHost: a.example\r\n" + headers + "\r\n");
        return line.startsWith("HEAD ") ? client.responseHead() : client.response();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
