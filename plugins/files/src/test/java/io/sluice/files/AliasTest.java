package io.sluice.files;

import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AliasTest {
    @RegisterExtension
    final Site site = new Site();

    @OnBothDrivers
    void the_alias_takes_the_place_of_the_locations_path(String driver) {
        site.file("x.txt", "x");
        site.file("d/y.txt", "y");
        TestServer server = site.startWith(driver, """
                { path = "/i/", alias = "WWW/" }
                { path = "/bare", alias = "WWW" }
                { path = "/glued/", alias = "WWW" }
                { path = "/slash", alias = "WWW/" }
                { path = "= /one", alias = "WWW/x.txt" }
                { path = "/r/", root = "FOLDER" }
                """);
        try (RawClient client = server.client()) {
            assertEquals("x", get(client, "/i/x.txt").text());
            assertEquals("y", get(client, "/i/d/y.txt").text());
            assertEquals("y", get(client, "/bare/d/y.txt").text());
            assertEquals("y", get(client, "/glued/d/y.txt").text());
            assertEquals("y", get(client, "/slash/d/y.txt").text());
            assertEquals("x", get(client, "/one").text());
            assertEquals(404, get(client, "/r/x.txt").status());
            assertEquals(
                    "http://a.example:" + server.port() + "/bare/",
                    get(client, "/bare").header("Location"));
            assertEquals(
                    "http://a.example:" + server.port() + "/i/d/",
                    get(client, "/i/d").header("Location"));
        }
    }

    @OnBothDrivers
    void nothing_beside_the_folder_can_be_reached_through_the_seam(String driver) {
        site.file("x.txt", "x");
        TestServer server = site.startWith(driver, """
                { path = "/i", alias = "WWW/" }
                { path = "/j", alias = "WWW" }
                { path = "/k/", alias = "WWW" }
                """);
        String[] paths = {
            "/i../secret.txt",
            "/i..%2fsecret.txt",
            "/i../",
            "/i..",
            "/i.",
            "/i./x.txt",
            "/i../www-other/secret.txt",
            "/j../secret.txt",
            "/j-other/secret.txt",
            "/j/../j../secret.txt",
            "/j%2e%2e/secret.txt",
            "/j..",
            "/k/-other/secret.txt",
            "/k/..%2fsecret.txt"
        };
        for (String path : paths) {
            try (RawClient client = server.client()) {
                Response answer = get(client, path);
                assertEquals(404, answer.status(), path);
                assertFalse(answer.raw().contains(Site.SECRET), path);
            }
        }
        server.close();
        Await.until("the log tells it", () -> server.log().has("\"/i../secret.txt\" leads out of its folder"));
    }

    @OnBothDrivers
    void a_root_is_inherited_and_an_alias_is_not(String driver) {
        site.file("a/x.txt", "ax");
        site.file("b/x.txt", "bx");
        site.file("x.txt", "x");
        TestServer server = site.startText(driver, """
                http.root = "FOLDER"
                http.servers = [ {
                  listen = ["127.0.0.1:0"], root = "WWW"
                  locations = [
                    { path = "/a/" }
                    { path = "/b/", alias = "WWW/" }
                    { path = "/www/", root = "FOLDER" }
                    { path = "/other/", root = null }
                    { path = "/answered/", return = 204 }
                  ]
                } ]
                """);
        try (RawClient client = server.client()) {
            assertEquals("ax", get(client, "/a/x.txt").text());
            assertEquals("x", get(client, "/b/x.txt").text());
            assertEquals("x", get(client, "/www/x.txt").text());
            assertEquals(404, get(client, "/other/x.txt").status());
            assertEquals(204, get(client, "/answered/x.txt").status());
        }
    }

    @OnBothDrivers
    void a_folder_may_have_variables_but_they_make_no_odd_names(String driver) {
        site.file("one/x.txt", "one");
        site.file("x.txt", "nobody's");
        TestServer server = site.startWith(driver, """
                { path = "/r/", root = "WWW/$arg_host" }
                { path = "/a/", alias = "WWW/$arg_host/" }
                { path = "/m/", alias = "WWW/o${arg_host}e" }
                """);
        site.file("one/r/x.txt", "r of one");
        try (RawClient client = server.client()) {
            assertEquals("r of one", get(client, "/r/x.txt?host=one").text());
            assertEquals("one", get(client, "/a/x.txt?host=one").text());
            assertEquals("one", get(client, "/m/x.txt?host=n").text());
            for (String host :
                    new String[] {"..", ".", "", "one/..", "one/../..", "/", "one//", "../www-other", "./one"}) {
                assertEquals(404, get(client, "/a/x.txt?host=" + host).status(), host);
                assertEquals(404, get(client, "/a/secret.txt?host=" + host).status(), host);
            }
            assertEquals(404, get(client, "/a/x.txt").status());
        }
    }
}
