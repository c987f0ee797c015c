package io.sluice.files;

import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LinksTest {
    @RegisterExtension
    final Site site = new Site();

    private TestServer start(String driver) {
        site.file("a.txt", "hello");
        site.file("d/index.html", "index");
        site.link("link.txt", "a.txt");
        site.link("linked", "d");
        site.link("out.txt", "../secret.txt");
        site.link("broken", "nowhere");
        return site.startWith(driver, """
                { path = "/off/", alias = "WWW", autoindex = on }
                { path = "/on/", alias = "WWW", disable-symlinks = on, autoindex = on }
                { path = "/owner/", alias = "WWW", disable-symlinks = if-not-owner }
                { path = "/part/", alias = "WWW", disable-symlinks { mode = on, from = "WWW/linked" } }
                { path = "/var/", alias = "WWW", disable-symlinks { mode = on, from = "$document_root/$arg_p" } }
                """);
    }

    @OnBothDrivers
    void links_are_followed_unless_it_is_said_otherwise(String driver) {
        try (RawClient client = start(driver).client()) {
            assertEquals("hello", get(client, "/off/link.txt").text());
            // Who made the link decides where the folder ends, as in nginx.
            assertEquals(Site.SECRET, get(client, "/off/out.txt").text());
            assertEquals(404, get(client, "/off/broken").status());
        }
    }

    @OnBothDrivers
    void links_can_be_refused_wherever_in_the_name_they_stand(String driver) {
        TestServer server = start(driver);
        try (RawClient client = server.client()) {
            assertEquals("hello", get(client, "/on/a.txt").text());
            assertEquals("index", get(client, "/on/d/index.html").text());
            for (String path :
                    new String[] {"link.txt", "linked/index.html", "linked", "linked/", "out.txt", "broken"}) {
                assertEquals(403, get(client, "/on/" + path).status(), path);
            }
        }
        server.close();
        Await.until("the log tells it", () -> server.log().has("(40: Too many levels of symbolic links)"));
    }

    @OnBothDrivers
    void links_of_the_same_owner_can_be_allowed(String driver) {
        try (RawClient client = start(driver).client()) {
            assertEquals("hello", get(client, "/owner/link.txt").text());
            assertEquals("index", get(client, "/owner/linked/index.html").text());
        }
    }

    @OnBothDrivers
    void links_in_the_first_part_of_a_name_can_be_allowed(String driver) {
        try (RawClient client = start(driver).client()) {
            assertEquals("index", get(client, "/part/linked/index.html").text());
            assertEquals(403, get(client, "/part/link.txt").status());
            assertEquals("index", get(client, "/var/linked/index.html?p=linked").text());
            assertEquals(403, get(client, "/var/linked/index.html?p=d").status());
        }
    }
}
