package io.sluice.files;

import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a server says of files counts for the paths that none of its locations has. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServerRootTest {
    @RegisterExtension
    final Site site = new Site();

    @OnBothDrivers
    void a_server_needs_no_location_to_send_files(String driver) {
        site.file("a.txt", "a");
        site.file("d/index.html", "index of d");
        TestServer server = site.startText(driver, "http.servers = [ { listen = [\"127.0.0.1:0\"], root = \"WWW\" } ]");
        try (RawClient client = server.client()) {
            assertEquals("a", get(client, "/a.txt").text());
            assertEquals("index of d", get(client, "/d/").text());
            assertEquals(301, get(client, "/d").status());
            assertEquals(404, get(client, "/b.txt").status());
        }
    }

    @OnBothDrivers
    void its_locations_come_first(String driver) {
        site.file("a.txt", "a");
        site.file("i/b.txt", "b");
        TestServer server = site.startText(driver, """
                http.root = "WWW"
                http.servers = [ { listen = ["127.0.0.1:0"]
                  locations = [ { path = "/i/", return { status = 200, text = "of the location" } } ] } ]
                """);
        try (RawClient client = server.client()) {
            assertEquals("of the location", get(client, "/i/b.txt").text());
            assertEquals("a", get(client, "/a.txt").text());
        }
    }

    @OnBothDrivers
    void its_tries_count_where_no_location_is_found_and_are_not_inherited(String driver) {
        site.file("a.txt", "a");
        site.file("front.html", "front");
        TestServer server = site.startText(driver, """
                http.servers = [ { listen = ["127.0.0.1:0"], root = "WWW", try-files = ["$uri", "/front.html"]
                  locations = [ { path = "/i/" } ] } ]
                """);
        try (RawClient client = server.client()) {
            assertEquals("a", get(client, "/a.txt").text());
            assertEquals("front", get(client, "/any/view").text());
            assertEquals(404, get(client, "/i/view").status());
        }
    }

    @Test
    void an_alias_is_of_a_location() {
        ConfigurationException wrong = assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(new HttpPlugin(), new FilesPlugin())
                        .load("http.servers = [ {\n alias = /srv\n } ]"));
        assertTrue(
                String.valueOf(wrong.getMessage()).contains("test.conf:2: ")
                        && String.valueOf(wrong.getMessage()).contains("belongs to a location"),
                wrong.getMessage());
    }

    @Test
    void a_location_has_root_or_alias() {
        TestServer.of(new HttpPlugin(), new FilesPlugin())
                .load(
                        "http.servers = [ { listen = [\"127.0.0.1:0\"], root = /a, locations = [ { path = /b/, alias = /c } ] } ]");
        ConfigurationException wrong = assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(new HttpPlugin(), new FilesPlugin())
                        .load(
                                "http.servers = [ { listen = [\"127.0.0.1:0\"], locations = [\n{ path = /b/, root = /a, alias = /c } ] } ]"));
        assertTrue(
                String.valueOf(wrong.getMessage())
                        .contains("test.conf:2: http.servers[0].locations[0].alias: stands in the place of root"),
                wrong.getMessage());
    }
}
