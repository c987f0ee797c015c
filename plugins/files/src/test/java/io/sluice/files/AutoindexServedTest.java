package io.sluice.files;

import static io.sluice.files.Site.ask;
import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AutoindexServedTest {
    @RegisterExtension
    final Site site = new Site();

    @OnBothDrivers
    void a_folder_without_an_index_is_listed_if_that_is_on(String driver) throws IOException {
        site.file("d/b.txt", "12345");
        site.file("d/a \"1\".txt", "x");
        site.file("d/sub/c.txt", "x");
        Files.setLastModifiedTime(site.directory("d/sub"), FileTime.from(Site.TIME));
        try (RawClient client = site.start(driver, "autoindex = on").client()) {
            Response answer = get(client, "/d/");
            assertEquals(200, answer.status());
            assertEquals("text/html; charset=utf-8", answer.header("Content-Type"));
            assertEquals("""
                    <html>
                    <head><title>Index of /d/</title></head>
                    <body>
                    <h1>Index of /d/</h1><hr><pre><a href="../">../</a>
                    <a href="sub/">sub/</a>                                               02-Jan-2020 03:04                   -
                    <a href="a%20%221%22.txt">a &quot;1&quot;.txt</a>                                          02-Jan-2020 03:04                   1
                    <a href="b.txt">b.txt</a>                                              02-Jan-2020 03:04                   5
                    </pre><hr></body>
                    </html>
                    """.replace("\n", "\r\n"), answer.text());
            assertEquals("12345", get(client, "/d/b.txt").text());
            assertEquals(301, get(client, "/d").status());
        }
    }

    @OnBothDrivers
    void the_list_may_be_json_and_sizes_rounded(String driver) {
        site.file("d/b.txt", "x".repeat(20_000));
        TestServer server = site.startWith(driver, """
                { path = "/json/", alias = "WWW", autoindex { enabled = on, format = json } }
                { path = "/rough/", alias = "WWW", autoindex { enabled = on, exact-size = off } }
                """);
        try (RawClient client = server.client()) {
            Response json = get(client, "/json/d/");
            assertEquals("application/json", json.header("Content-Type"));
            assertEquals("""
                    [
                    { "name":"b.txt", "type":"file", "mtime":"Thu, 02 Jan 2020 03:04:05 GMT", "size":20000 }
                    ]""".replace("\n", "\r\n"), json.text());
            assertTrue(get(client, "/rough/d/").text().contains("03:04     20K\r\n"));
        }
    }

    @OnBothDrivers
    void without_it_a_folder_is_forbidden_and_the_log_says_why(String driver) {
        site.directory("d");
        TestServer server = site.start(driver, "");
        try (RawClient client = server.client()) {
            assertEquals(403, get(client, "/d/").status());
            assertEquals(403, get(client, "/").status());
        }
        server.close();
        Await.until("the log tells it", () -> server.log().has("[error]"));
        Await.until(
                "the log tells it",
                () -> server.log().has("directory index of \"" + site.www() + "/d/\" is forbidden, client: "));
    }

    @OnBothDrivers
    void what_is_not_there_is_missing_and_what_is_no_folder_too(String driver) {
        site.file("a.txt", "x");
        try (RawClient client = site.start(driver, "autoindex = on, index = []").client()) {
            assertEquals(404, get(client, "/none/").status());
            assertEquals(404, get(client, "/a.txt/").status());
            assertEquals(200, get(client, "/").status());
        }
    }

    @OnBothDrivers
    void head_is_answered_without_the_list_and_a_post_not_at_all(String driver) {
        site.file("a.txt", "x");
        try (RawClient client = site.start(driver, "autoindex = on").client()) {
            Response head = ask(client, "HEAD /", "");
            assertEquals(200, head.status());
            assertEquals("" + get(client, "/").body().length, head.header("Content-Length"));
            assertEquals(403, ask(client, "POST /", "").status());
        }
    }

    @OnBothDrivers
    void a_folder_with_too_many_entries_is_refused_and_the_log_names_the_setting(String driver) {
        for (int i = 0; i < 11; i++) {
            site.file("d/" + i, "x");
        }
        TestServer server = site.start(driver, "autoindex { enabled = on, max-entries = 10 }");
        try (RawClient client = server.client()) {
            assertEquals(500, get(client, "/d/").status());
            assertEquals(200, get(client, "/").status());
        }
        server.close();
        Await.until("the log tells it", () -> server.log().has("more than 10 entries (autoindex.max-entries)"));
    }

    @OnBothDrivers
    void a_long_list_reaches_a_slow_client_whole(String driver) throws IOException {
        for (int i = 0; i < 3000; i++) {
            Files.createFile(site.directory("d").resolve("a-file-with-quite-a-long-name-" + i));
        }
        TestServer server = site.start(driver, "autoindex = on");
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            Response answer = get(client, "/d/");
            assertEquals(3000 + 6, answer.text().lines().count());
            assertTrue(answer.text().endsWith("</html>\r\n"));
            assertEquals(404, get(client, "/none").status());
        }
    }

    @OnBothDrivers
    void clients_that_leave_while_their_list_is_read_leave_nothing(String driver) throws IOException {
        for (int i = 0; i < 500; i++) {
            Files.createFile(site.directory("d").resolve("" + i));
        }
        TestServer server = site.start(driver, "autoindex = on");
        for (int i = 0; i < 20; i++) {
            try (RawClient client = server.client()) {
                client.send("GET /d/ HTTP/1.1\r\nHost: a\r\n\r\n");
                client.reset();
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        try (RawClient client = server.client()) {
            assertEquals(200, get(client, "/d/").status());
        }
    }

    @OnBothDrivers
    void lists_of_many_clients_are_each_their_own(String driver) {
        for (int folder = 0; folder < 8; folder++) {
            for (int i = 0; i < 50; i++) {
                site.file("d" + folder + "/f" + folder + "-" + i, "x");
            }
        }
        TestServer server = site.start(driver, "autoindex = on");
        RawClient[] clients = new RawClient[8];
        for (int i = 0; i < 8; i++) {
            clients[i] = site.closing(server.client());
        }
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 8; i++) {
                clients[i].send("GET /d" + i + "/ HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            for (int i = 0; i < 8; i++) {
                String text = clients[i].response().text();
                assertEquals(56, text.lines().count());
                assertTrue(text.contains("f" + i + "-49"));
                assertFalse(text.contains("f" + (i + 1) % 8 + "-49"));
            }
        }
    }
}
