package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A file that would be sent by the kernel is read into memory where it is compressed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileTest {
    @RegisterExtension
    final TestServers servers = Gzips.servers();

    @TempDir
    Path folder;

    @OnBothDrivers
    void a_file_is_compressed_and_sent_as_it_is_to_those_who_do_not_accept_it(String driver) throws IOException {
        String text = Gzips.letters(9, 300_000);
        Files.writeString(folder.resolve("page.html"), text);
        TestServer server = servers.start(driver, """
                http { gzip = on, sendfile = on, root = "%s" }
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/" } ] } ]
                """.formatted(folder));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                Response zipped = client.send(page("Accept-Encoding: gzip\r\n")).response();
                assertEquals(text, Gzips.unzipped(zipped));
                assertTrue(String.valueOf(zipped.header("ETag")).startsWith("W/\""), zipped.head());
                Response plain = client.send(page("")).response();
                assertEquals(text, plain.text());
                assertTrue(String.valueOf(plain.header("ETag")).startsWith("\""), plain.head());
                Response part = client.send(page("Accept-Encoding: gzip\r\nRange: bytes=0-9\r\n"))
                        .response();
                assertEquals(200, part.status());
                assertEquals(text, Gzips.unzipped(part));
            }
            server.awaitOpen(1);
            server.assertNothingHeld();
        }
    }

    private static String page(String headers) {
        return "GET /page.html HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
    }
}
