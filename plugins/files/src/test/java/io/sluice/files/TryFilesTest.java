package io.sluice.files;

import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TryFilesTest {
    @RegisterExtension
    final Site site = new Site();

    @OnBothDrivers
    void the_first_that_is_there_is_answered(String driver) {
        site.file("a.txt", "a");
        site.file("cache/b.txt", "b from cache");
        site.file("d/index.html", "index of d");
        site.file("front.html", "front");
        TestServer server = site.start(driver, "try-files = [\"$uri\", \"/cache$uri\", \"$uri/\", \"/front.html\"]");
        try (RawClient client = server.client()) {
            assertEquals("a", get(client, "/a.txt").text());
            assertEquals("b from cache", get(client, "/b.txt").text());
            assertEquals("index of d", get(client, "/d/").text());
            assertEquals(301, get(client, "/d").status());
            Response front = get(client, "/any/view?q=1");
            assertEquals("front", front.text());
            assertEquals("text/html", front.header("Content-Type"));
        }
    }

    @OnBothDrivers
    void the_last_may_be_a_status_a_named_location_or_a_path_with_a_query(String driver) {
        site.file("a.txt", "a");
        TestServer server = site.startWith(driver, """
                { path = "/status/", root = "WWW", try-files = ["$uri", "=410"] }
                { path = "/named/", root = "WWW", try-files = ["$uri", "@fallback"] }
                { path = "/path/", root = "WWW", try-files = ["$uri", "/answer?from=$uri&$args"] }
                { path = "/plain/", root = "WWW", try-files = ["$uri", "/answer"] }
                { path = "@fallback", return { status = 200, text = "fallback for $uri" } }
                { path = "/answer", return { status = 200, text = "$uri $args" } }
                """);
        try (RawClient client = server.client()) {
            assertEquals(410, get(client, "/status/x").status());
            assertEquals("fallback for /named/x", get(client, "/named/x").text());
            assertEquals("/answer from=/path/x&a=b", get(client, "/path/x?a=b").text());
            assertEquals(
                    "/answer from=/path/%20%23%0A%7F%C3&a=%20b",
                    get(client, "/path/%20%23%0a%7f%c3?a=%20b").text());
            // As in nginx the query goes only where it is written.
            assertEquals("/answer ", get(client, "/plain/x?a=b").text());
            assertEquals(404, get(client, "/@fallback").status());
        }
    }

    @OnBothDrivers
    void below_an_alias_the_path_is_that_of_the_location(String driver) {
        site.file("x.txt", "x");
        site.file("d/y.txt", "y");
        TestServer server = site.startWith(driver, """
                { path = "/i/", alias = "WWW", try-files = ["$uri", "/i/d$arg_p", "d$arg_q", "=404"] }
                """);
        try (RawClient client = server.client()) {
            assertEquals("x", get(client, "/i/x.txt").text());
            assertEquals("y", get(client, "/i/none?p=/y.txt").text());
            assertEquals("y", get(client, "/i/none?q=/y.txt").text());
            assertEquals(404, get(client, "/i/none").status());
        }
    }

    @OnBothDrivers
    void a_folder_is_found_only_by_a_try_with_a_slash_and_a_file_only_by_one_without(String driver) {
        site.directory("d");
        site.file("f", "file");
        TestServer server = site.startWith(driver, """
                { path = "/", root = "WWW", try-files = ["$uri", "=410"] }
                { path = "/only/", alias = "WWW", try-files = ["$uri/", "=410"] }
                """);
        try (RawClient client = server.client()) {
            assertEquals(410, get(client, "/d").status());
            assertEquals("file", get(client, "/f").text());
            assertEquals(301, get(client, "/only/d").status());
            assertEquals(410, get(client, "/only/f").status());
        }
    }

    @OnBothDrivers
    void another_handler_gets_the_path_that_was_found(String driver) {
        site.file("maintenance.html", "x");
        TestServer server = site.startWith(driver, """
                { path = "/", root = "WWW", try-files = ["/maintenance.html", "=404"], return { status = 200, text = "answers $uri" } }
                """);
        try (RawClient client = server.client()) {
            assertEquals("answers /maintenance.html", get(client, "/x").text());
        }
    }

    @OnBothDrivers
    void no_value_of_a_variable_leads_out_of_the_folder(String driver) {
        site.file("d/x.txt", "x");
        TestServer server = site.startWith(driver, """
                { path = "/", root = "WWW", try-files = ["/d/$arg_f", "$arg_f", "=404"] }
                { path = "/r/", root = "WWW", try-files = ["/none", "/$arg_f"] }
                { path = "/a/", alias = "WWW/d", try-files = ["$arg_f", "=404"] }
                """);
        try (RawClient client = server.client()) {
            assertEquals("x", get(client, "/?f=x.txt").text());
            for (String value : new String[] {
                "../../secret.txt",
                "/../secret.txt",
                "..",
                "x.txt/../../../secret.txt",
                "../../www-other/secret.txt",
                "//../secret.txt",
                "./../../secret.txt"
            }) {
                for (String path : new String[] {"/", "/r/x", "/a/x"}) {
                    Response answer = get(client, path + "?f=" + value);
                    assertFalse(answer.raw().contains(Site.SECRET), path + value);
                    assertEquals(404, answer.status(), path + value);
                }
            }
        }
    }
}
