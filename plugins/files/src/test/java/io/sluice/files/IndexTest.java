package io.sluice.files;

import static io.sluice.files.Site.ask;
import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexTest {
    @RegisterExtension
    final Site site = new Site();

    @OnBothDrivers
    void the_first_index_that_is_there_is_what_the_folder_stands_for(String driver) {
        site.file("index.html", "top");
        site.file("d/index.htm", "htm");
        site.file("e/default.txt", "default");
        site.file("e/index.htm", "htm of e");
        try (RawClient client = site.start(driver, "index = [index.html, default.txt, index.htm]")
                .client()) {
            assertEquals("top", get(client, "/").text());
            assertEquals("htm", get(client, "/d/").text());
            assertEquals("default", get(client, "/e/").text());
            assertEquals("text/plain", get(client, "/e/").header("Content-Type"));
            assertEquals("3", ask(client, "HEAD /d/", "").header("Content-Length"));
        }
    }

    @OnBothDrivers
    void the_index_is_asked_for_anew_and_may_be_of_another_location(String driver) {
        site.file("d/index.html", "file");
        site.file("d/x.txt", "x");
        TestServer server = site.startWith(driver, """
                { path = "/", root = "WWW" }
                { path = "/a/", alias = "WWW/d" }
                { path = "= /d/index.html", return { status = 200, text = "$request_method $uri $args $request_uri" } }
                { path = "/abs/", root = "WWW", index = [none.html, "/d/x.txt"] }
                """);
        try (RawClient client = server.client()) {
            assertEquals("GET /d/index.html q=1 /d/?q=1", get(client, "/d/?q=1").text());
            // A POST too: whoever answers the index may take it.
            assertEquals("POST /d/index.html  /d/", ask(client, "POST /d/", "").text());
            assertEquals("file", get(client, "/a/").text());
            assertEquals("x", get(client, "/abs/").text());
        }
    }

    @OnBothDrivers
    void an_index_may_hold_variables_but_never_leads_out_of_the_folder(String driver) {
        site.file("d/index.de.html", "deutsch");
        site.file("d/index.html", "english");
        TestServer server = site.start(driver, "index = [\"index.$arg_lang.html\", \"$arg_f\", index.html]");
        try (RawClient client = server.client()) {
            assertEquals("deutsch", get(client, "/d/?lang=de").text());
            assertEquals("english", get(client, "/d/?lang=fr").text());
            assertEquals("english", get(client, "/d/?f=../../secret.txt").text());
            assertEquals("english", get(client, "/d/?f=..").text());
        }
    }

    @OnBothDrivers
    void a_folder_that_is_not_there_is_missing_and_one_without_an_index_forbidden(String driver) {
        site.directory("empty");
        site.file("a.txt", "x");
        TestServer server = site.start(driver, "");
        try (RawClient client = server.client()) {
            assertEquals(404, get(client, "/none/").status());
            assertEquals(404, get(client, "/a.txt/").status());
            assertEquals(403, get(client, "/empty/").status());
        }
        server.close();
        Await.until("the log tells it", () -> server.log().has("/none/\" is not found (2: No such file or directory)"));
        Await.until(
                "the log tells it",
                () -> server.log().has("directory index of \"" + site.www() + "/empty/\" is forbidden"));
    }

    @OnBothDrivers
    void an_index_that_is_a_folder_is_redirected_to_until_there_is_none(String driver) {
        site.file("d/index.html/index.html", "deep");
        TestServer server = site.start(driver, "absolute-redirect = off");
        try (RawClient client = server.client()) {
            assertEquals("/d/index.html/", get(client, "/d/").header("Location"));
            assertEquals("deep", get(client, "/d/index.html/").text());
        }
    }

    @OnBothDrivers
    void redirects_that_never_end_are_ended(String driver) {
        TestServer server = site.start(driver, "index = [\"/loop/\"]");
        try (RawClient client = server.client()) {
            assertEquals(500, get(client, "/loop/").status());
        }
    }
}
