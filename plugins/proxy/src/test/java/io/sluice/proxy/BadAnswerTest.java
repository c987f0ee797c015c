package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Peers whose answers HTTP does not allow, or that do not bring what they announced. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BadAnswerTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers();

    @OnBothDrivers
    void bad_heads_are_answered_502_and_the_client_is_kept(String driver) {
        StringBuilder wrong = new StringBuilder();
        for (String head : new String[] {
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: xyz\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
            "HTTP/1.1 200 OK\r\nX : y\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nX: y\r\n folded\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 099 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1  200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
            "ICY 200 OK\r\n\r\n",
            "<html>no http</html>\r\n\r\n",
            "\0\0\0\0\r\n\r\n",
            "220 smtp.example ESMTP\r\n"
        }) {
            try (Origin origin = Origin.running(Script.closingAfter(head.length(), head));
                    TestServer server = servers.start(driver, Proxies.to(origin));
                    RawClient client = server.client()) {
                Response answer = get(client);
                if (answer.status() != 502 || get(client).status() != 502) {
                    wrong.append(answer.status())
                            .append(" for ")
                            .append(head.replace("\r", "\\r"))
                            .append('\n');
                }
                server.awaitOpen(1);
                server.assertNothingHeld();
            } catch (AssertionError failure) {
                wrong.append(failure.getMessage())
                        .append(" for ")
                        .append(head.replace("\r", "\\r"))
                        .append('\n');
            }
        }
        assertEquals("", wrong.toString());
    }

    @OnBothDrivers
    void what_is_only_odd_is_passed_on(String driver) {
        for (String head : new String[] {
            "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 299 Own Thing\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\ncontent-length:2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "HTTP/1.1 599 x\r\nContent-Length: 2\r\n\r\nok"
        }) {
            try (Origin origin = Origin.answering(head);
                    TestServer server = servers.start(driver, Proxies.to(origin));
                    RawClient client = server.client()) {
                Response answer = get(client);
                assertEquals(Integer.parseInt(head.substring(9, 12)), answer.status(), head);
                assertEquals("ok", answer.text(), head);
            }
        }
    }

    @OnBothDrivers
    void a_body_shorter_than_announced_ends_with_the_connection(String driver) {
        for (int sent : new int[] {0, 5, 5000}) {
            String response = "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n" + "x".repeat(sent);
            try (Origin origin = Origin.running(Script.closingAfter(response.length(), response));
                    TestServer server = servers.start(driver, Proxies.to(origin));
                    RawClient client = server.client()) {
                client.send(Proxies.get("/") + Proxies.get("/second"));
                String all = client.readToEnd();
                assertTrue(all.contains("Content-Length: 10000\r\n"), all);
                assertTrue(all.endsWith("\r\n\r\n" + "x".repeat(sent)), all);
                assertEquals(1, origin.requests());
                server.awaitOpen(0);
                server.assertNothingHeld();
            }
        }
    }

    @OnBothDrivers
    void a_chunked_body_that_breaks_off_ends_without_a_last_chunk(String driver) {
        for (String body : new String[] {
            "",
            "5\r\nhel",
            "5\r\nhello\r\n",
            "5\r\nhello\r\n0\r\n",
            "5\r\nhello\r\nxyz\r\n",
            "5\r\nhelloworld\r\n0\r\n\r\n"
        }) {
            String response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
            try (Origin origin = Origin.running(Script.closingAfter(response.length(), response));
                    TestServer server = servers.start(driver, Proxies.to(origin));
                    RawClient client = server.client()) {
                client.send(Proxies.get("/"));
                String all = client.readToEnd();
                assertTrue(all.startsWith("HTTP/1.1 200 OK\r\n"), "after " + body + " came " + all);
                assertFalse(all.endsWith("0\r\n\r\n"), "the client takes it for whole: " + all);
                server.awaitOpen(0);
                server.assertNothingHeld();
            }
        }
    }

    @OnBothDrivers
    void a_truncated_answer_is_an_error_of_the_peer_in_the_log(String driver) {
        String response = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nxxx";
        Origin origin = servers.closing(Origin.running(Script.closingAfter(response.length(), response)));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/the/path"));
            client.awaitEnding();
        }
        Await.until("an error", () -> server.log().has("[error]"));
        String line = server.log().lines().stream()
                .filter(each -> each.contains("[error]"))
                .findFirst()
                .orElse("");
        assertTrue(line.contains("client: 127.0.0.1"), line);
        assertTrue(line.contains("request: \"GET /the/path HTTP/1.1\""), line);
        assertTrue(line.contains(origin.authority()), line);
    }

    @OnBothDrivers
    void a_second_answer_is_never_given_to_another_request(String driver) {
        String two =
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\noneHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
        Origin origin = servers.closing(Origin.running(
                session -> {
                    session.readRequest();
                    session.send(two);
                    session.awaitClose();
                },
                Script.answering(Proxies.ok("two"))));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            assertEquals("one", get(client).text());
            assertEquals("two", get(client).text());
        }
    }

    @OnBothDrivers
    void an_answer_before_the_body_was_sent_is_passed_on_and_neither_connection_is_used_again(String driver) {
        Origin origin = servers.closing(Origin.running(session -> {
            session.readHead();
            session.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
            session.awaitClose();
        }));
        TestServer server = servers.start(driver, Proxies.with("http.client-max-body-size = 0", origin));
        for (String framing : new String[] {"Content-Length: 100000", "Transfer-Encoding: chunked"}) {
            try (RawClient client = server.client()) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n5\r\nab");
                Response answer = client.response();
                assertEquals(403, answer.status());
                assertEquals("no", answer.text());
                client.send("c".repeat(1000));
                client.shutdownOutput();
                client.awaitEnding();
            }
            server.awaitOpen(0);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void an_early_answer_to_a_client_that_goes_on_sending_arrives(String driver) {
        Origin origin = servers.closing(Origin.running(session -> {
            session.readHead();
            session.send("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
            session.close();
        }));
        TestServer server = servers.start(driver, Proxies.with("http.client-max-body-size = 0", origin));
        try (RawClient client = server.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000000\r\n\r\n");
            byte[] piece = new byte[100_000];
            for (int i = 0; i < 20; i++) {
                client.offer(piece);
            }
            Response answer = client.response();
            assertTrue(answer.status() == 413 || answer.status() == 502, answer.statusLine());
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    private static Response get(RawClient client) {
        return client.send(Proxies.get("/")).response();
    }
}
