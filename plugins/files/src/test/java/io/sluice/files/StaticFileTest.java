package io.sluice.files;

import static io.sluice.files.Site.ask;
import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StaticFileTest {
    @RegisterExtension
    final Site site = new Site();

    @OnBothDrivers
    void a_file_is_sent_with_what_is_known_of_it(String driver) {
        site.file("a.txt", "hello");
        TestServer server = site.startWithHandClock(driver, "{ path = \"/\", root = \"WWW\" }");
        try (RawClient client = server.client()) {
            Response answer = get(client, "/a.txt");
            assertEquals("HTTP/1.1 200 OK", answer.statusLine());
            assertEquals("text/plain", answer.header("Content-Type"));
            assertEquals("5", answer.header("Content-Length"));
            assertEquals("Thu, 02 Jan 2020 03:04:05 GMT", answer.header("Last-Modified"));
            assertEquals("\"5e0d5da5-5\"", answer.header("ETag"));
            assertEquals("hello", answer.text());
            assertFalse(answer.hasHeader("Transfer-Encoding"));
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void one_connection_gets_many_files_one_after_the_other_and_all_at_once(String driver) {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            site.file("d/" + i + ".html", "page " + i + " " + "x".repeat(i * 997));
            requests.append("GET /d/").append(i).append(".html HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        try (RawClient client = site.start(driver, "").client()) {
            for (int i = 0; i < 30; i++) {
                assertEquals(
                        "page " + i + " " + "x".repeat(i * 997),
                        get(client, "/d/" + i + ".html").text());
            }
            client.send(requests.toString());
            for (int i = 0; i < 30; i++) {
                Response answer = client.response();
                assertEquals("text/html", answer.header("Content-Type"));
                assertEquals("page " + i + " " + "x".repeat(i * 997), answer.text());
            }
        }
    }

    @OnBothDrivers
    void head_is_answered_like_get_without_the_body(String driver) {
        site.file("a.png", "12345678");
        try (RawClient client = site.start(driver, "").client()) {
            Response head = ask(client, "HEAD /a.png", "");
            Response get = get(client, "/a.png");
            assertEquals(200, head.status());
            for (String name : new String[] {"Content-Length", "Content-Type", "Last-Modified", "ETag"}) {
                assertEquals(get.header(name), head.header(name), name);
            }
            assertEquals("8", head.header("Content-Length"));
        }
    }

    @OnBothDrivers
    void an_empty_file_is_an_empty_answer(String driver) {
        site.file("empty.css", "");
        try (RawClient client = site.start(driver, "").client()) {
            for (int i = 0; i < 2; i++) {
                Response answer = get(client, "/empty.css");
                assertEquals(200, answer.status());
                assertEquals("0", answer.header("Content-Length"));
                assertEquals("text/css", answer.header("Content-Type"));
                assertEquals("", answer.text());
                assertEquals(200, ask(client, "HEAD /empty.css", "").status());
            }
        }
    }

    @OnBothDrivers
    void the_type_is_that_of_the_extension_and_may_be_the_users(String driver) {
        for (String name : new String[] {"a.js", "a.JPG", "a.xyz", "noext", "a.tar.gz", "a.mine"}) {
            site.file(name, "x");
        }
        TestServer server = site.startWith(driver, """
                { path = "/", root = "WWW", more-types { "x/mine" = [mine] } }
                { path = "/own/", alias = "WWW", types { "x/js" = js }, default-type = "x/other" }
                """);
        try (RawClient client = server.client()) {
            assertEquals("text/javascript", type(client, "/a.js"));
            assertEquals("image/jpeg", type(client, "/a.JPG"));
            assertEquals("text/plain", type(client, "/a.xyz"));
            assertEquals("text/plain", type(client, "/noext"));
            assertEquals("application/gzip", type(client, "/a.tar.gz"));
            assertEquals("x/mine", type(client, "/a.mine"));
            assertEquals("x/js", type(client, "/own/a.js"));
            assertEquals("x/other", type(client, "/own/a.JPG"));
        }
    }

    private static String type(RawClient client, String path) {
        return get(client, path).header("Content-Type");
    }

    @OnBothDrivers
    void only_get_and_head_are_allowed_and_the_answer_says_so(String driver) {
        site.file("a.txt", "hello");
        site.directory("d");
        try (RawClient client = site.start(driver, "").client()) {
            for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get", "PROPFIND"}) {
                Response answer = ask(client, method + " /a.txt", "Content-Length: 3\r\n\r\nabc".substring(0, 0));
                assertEquals(405, answer.status(), method);
                assertEquals("GET, HEAD", answer.header("Allow"), method);
            }
            // As in nginx a POST looks first: it may be for somebody else.
            assertEquals(404, ask(client, "POST /none", "").status());
            assertEquals(405, ask(client, "PUT /none", "").status());
            assertEquals(301, ask(client, "POST /d", "").status());
            assertEquals(403, ask(client, "POST /d/", "").status());
            assertEquals(405, ask(client, "DELETE /d/", "").status());
            assertEquals("hello", get(client, "/a.txt").text());
        }
    }

    @OnBothDrivers
    void the_body_of_a_get_is_read_away(String driver) {
        site.file("a.txt", "hello");
        try (RawClient client = site.start(driver, "").client()) {
            client.send("GET /a.txt HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345"
                    + "GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals("hello", client.response().text());
            assertEquals("hello", client.response().text());
        }
    }

    @OnBothDrivers
    void what_is_missing_is_404_and_what_may_not_be_read_403(String driver) throws IOException {
        site.file("a.txt", "hello");
        Site.permissions(site.file("locked.txt", "hello"), "---------");
        Site.permissions(site.file("hidden/a.txt", "hello").getParent(), "---------");
        boolean all = Files.isReadable(site.www().resolve("locked.txt"));
        TestServer server = site.start(driver, "");
        try (RawClient client = server.client()) {
            assertEquals(404, get(client, "/none.txt").status());
            assertEquals(404, get(client, "/none/a.txt").status());
            assertEquals(404, get(client, "/a.txt/b").status());
            Await.until("the log tells it", () -> server.log().has("[error]"));
            // Root reads everything.
            assertEquals(all ? 200 : 403, get(client, "/locked.txt").status());
            assertEquals(all ? 200 : 403, get(client, "/hidden/a.txt").status());
        } finally {
            Site.permissions(site.www().resolve("hidden"), "rwx------");
        }
    }

    /** The kernel's own files are the one kind that it lets nobody read: the right to read all does not count there. */
    @OnBothDrivers
    void what_not_even_root_may_read_is_403(String driver) {
        Path locked = Path.of("/sys/bus/cpu/drivers_probe");
        assumeTrue(Files.exists(locked), () -> "NOT TESTED: there is no " + locked);
        TestServer server =
                site.startWith(driver, "{ path = \"/\", root = \"" + locked.getParent() + "\", autoindex = on }");
        try (RawClient client = server.client()) {
            assertEquals(403, get(client, "/drivers_probe").status());
            assertEquals(403, get(client, "/drivers_probe").status());
            assertEquals(404, get(client, "/none").status());
        }
        server.close();
        assertTrue(server.log().has("open() \"" + locked + "\" failed (13: Permission denied), client: "));
    }

    @OnBothDrivers
    void a_missing_file_is_told_in_the_log_unless_that_is_off(String driver) {
        TestServer server = site.startWith(driver, """
                { path = "/", root = "WWW" }
                { path = "/quiet/", root = "WWW", log-not-found = off }
                """);
        try (RawClient client = server.client()) {
            assertEquals(404, get(client, "/quiet/x").status());
            assertEquals(404, get(client, "/quiet/").status());
            assertEquals(404, get(client, "/%0aloud").status());
            assertEquals(404, get(client, "/loud/").status());
        }
        server.close();
        assertEquals(0, server.log().count("quiet/"), () -> "" + server.log().lines());
        assertEquals(1, server.log().count("[error]") - server.log().count("is not found"));
        assertTrue(server.log()
                .has("open() \"" + site.www() + "/\\x0Aloud\" failed (2: No such file or directory), client: "));
        Await.until(
                "the log tells it",
                () -> server.log().has("\"" + site.www() + "/loud/\" is not found (2: No such file or directory)"));
    }

    @OnBothDrivers
    void a_folder_without_its_slash_is_redirected_to_it(String driver) {
        site.directory("d/sub dir");
        site.directory("d/ü");
        TestServer server = site.startWith(driver, """
                { path = "/", root = "WWW" }
                { path = "/rel/", alias = "WWW", absolute-redirect = off }
                """);
        try (RawClient client = server.client()) {
            String origin = "http://a.example:" + server.port();
            Response answer = get(client, "/d");
            assertEquals(301, answer.status());
            assertEquals(origin + "/d/", answer.header("Location"));
            assertEquals(origin + "/d/?a=b&c", get(client, "/d?a=b&c").header("Location"));
            assertEquals(origin + "/d/sub%20dir/", get(client, "/d/sub%20dir").header("Location"));
            assertEquals("/rel/d/?x", get(client, "/rel/d?x").header("Location"));
            assertEquals("/rel/d/%C3%BC/", get(client, "/rel/d/%c3%bc").header("Location"));
            client.send("GET /d HTTP/1.0\r\n\r\n");
            assertEquals("/d/", client.response().header("Location"));
        }
    }

    @OnBothDrivers
    void the_location_of_a_redirect_cannot_be_split_or_lead_to_another_host(String driver) {
        site.directory("\r\nX-Evil: 1");
        site.directory("evil.example");
        TestServer server = site.start(driver, "absolute-redirect = off");
        try (RawClient client = server.client()) {
            Response answer = get(client, "/%0d%0aX-Evil:%201");
            assertEquals("/%0D%0AX-Evil%3A%201/", answer.header("Location"));
            assertNull(answer.header("X-Evil"));
            assertEquals("/evil.example/", get(client, "//evil.example").header("Location"));
            assertEquals("/evil.example/", get(client, "/%2fevil.example").header("Location"));
        }
    }

    @OnBothDrivers
    void a_file_that_stands_for_an_error_has_no_date(String driver) {
        site.file("missing.html", "missing");
        TestServer server = site.startText(driver, """
                http.root = "WWW"
                http.servers = [ { listen = ["127.0.0.1:0"]
                  locations = [ { path = "/", error-page = { status = 404, to = "/missing.html" } }
                    { path = "/found", error-page = { status = 404, to = "/missing.html", code = 200 } } ] } ]
                """);
        try (RawClient client = server.client()) {
            Response missing = get(client, "/nothing");
            assertEquals(404, missing.status());
            assertEquals("missing", missing.text());
            assertNull(missing.header("Last-Modified"));
            Response found = get(client, "/found");
            assertEquals(200, found.status());
            assertNotNull(found.header("Last-Modified"));
        }
    }

    @OnBothDrivers
    void the_tag_can_be_left_out(String driver) {
        site.file("a.txt", "hello");
        try (RawClient client = site.start(driver, "etag = off").client()) {
            Response answer = get(client, "/a.txt");
            assertFalse(answer.hasHeader("ETag"));
            assertTrue(answer.hasHeader("Last-Modified"));
        }
    }
}
