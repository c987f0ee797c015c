package io.sluice.examples.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.files.FilesPlugin;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assembly as it is shipped, on real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StaticFilesTest {
    private static final Path EXAMPLE = Path.of(System.getProperty("sluice.root"), "examples/static-files");

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void the_site_the_downloads_and_the_application_are_served(String driver) throws IOException {
        String shipped = Files.readString(EXAMPLE.resolve("sluice.conf")).replace("8082\"]", "0\"]");
        try (TestServer server = TestServer.of(new HttpPlugin(), new FilesPlugin())
                        .driver(driver)
                        .prefix(EXAMPLE)
                        .start(shipped);
                RawClient client = server.client()) {
            Response index = get(client, "/");
            assertEquals(200, index.status());
            assertEquals("text/html", index.header("Content-Type"));
            assertEquals(Files.readString(EXAMPLE.resolve("www/index.html")), index.text());
            assertTrue(get(client, "/downloads/").text().contains("<a href=\"something.txt\">"));
            assertEquals(
                    "Something to download.\n",
                    get(client, "/downloads/something.txt").text());
            String application = Files.readString(EXAMPLE.resolve("www/app/index.html"));
            assertEquals(application, get(client, "/app/").text());
            assertEquals(application, get(client, "/app/any/view?of=it").text());
            Response script = get(client, "/app/app.js");
            assertEquals("text/javascript", script.header("Content-Type"));
            assertEquals(404, get(client, "/none").status());
            assertEquals(404, get(client, "/sluice.conf").status());
        }
    }

    private static Response get(RawClient client, String path) {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").response();
    }
}
