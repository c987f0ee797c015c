package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The PROXY protocol before a session and before its peer, text and binary. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProxiedStreamTest {
    private static final String TEXT = "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n";

    /** The same in version 2. */
    private static final byte[] BINARY = {
        '\r',
        '\n',
        '\r',
        '\n',
        0,
        '\r',
        '\n',
        'Q',
        'U',
        'I',
        'T',
        '\n',
        0x21,
        0x11,
        0,
        12,
        (byte) 192,
        0,
        2,
        1,
        (byte) 198,
        51,
        100,
        2,
        0x12,
        0x34,
        0x01,
        (byte) 0xbb
    };

    @RegisterExtension
    final TestServers servers = Streams.servers();

    private static String listening(String server) {
        return "stream.servers = [ { listen = [ { address = \"127.0.0.1:0\", proxy-protocol = on } ], " + server
                + " } ]";
    }

    @OnBothDrivers
    void what_a_proxy_tells_is_in_variables(String driver) {
        TestServer server = servers.start(
                driver,
                listening(
                        "return = \"$proxy_protocol_addr $proxy_protocol_port $proxy_protocol_server_port $remote_addr\""));
        for (byte[] header : new byte[][] {TEXT.getBytes(StandardCharsets.ISO_8859_1), BINARY}) {
            try (RawClient client = server.client()) {
                client.send(header);
                assertEquals("192.0.2.1 4660 443 127.0.0.1", client.readToEnd());
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void what_stands_behind_the_header_goes_to_the_peer(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.start(
                driver,
                "upstreams.backend.servers = [ \"" + origin.authority() + "\" ]\n" + listening("proxy.pass = backend"));
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send(TEXT + "hello").read(5));
            assertEquals("again", client.send("again").read(5));
        }
        try (RawClient client = server.client()) {
            client.sendInPieces(TEXT + "hello", 1);
            assertEquals("hello", client.read(5));
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void who_has_no_right_header_has_no_session(String driver) {
        TestServer server = servers.start(driver, listening("return = hello"));
        try (RawClient client = server.client()) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            client.awaitEnding();
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_peer_is_told_who_the_client_is(String driver) {
        Origin origin = servers.closing(Origin.running(session -> {
            session.send("you are " + session.readUntil("\n"));
            Streams.echoing().run(session);
        }));
        TestServer server = servers.start(driver, Streams.with("stream.proxy.proxy-protocol = v1", origin));
        try (RawClient client = server.client()) {
            client.send("hello");
            assertEquals(
                    "you are PROXY TCP4 127.0.0.1 127.0.0.1 " + client.localPort() + " " + server.port() + "\r\n",
                    client.readUntil("\n"));
            assertEquals("hello", client.read(5));
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void also_in_binary_and_what_was_told_is_told_on(String driver) {
        Origin origin = servers.closing(Origin.running(session -> {
            byte[] head = session.readBody(28);
            session.send(head);
            Streams.echoing().run(session);
        }));
        TestServer server = servers.start(
                driver,
                "upstreams.backend.servers = [ \"" + origin.authority() + "\" ]\n"
                        + listening("proxy { pass = backend, proxy-protocol = v2 }"));
        try (RawClient client = server.client()) {
            client.send(TEXT + "hello");
            byte[] head = client.readBytes(28);
            assertEquals(0x21, head[12]);
            assertEquals("hello", client.read(5));
            assertTrue(head[16] == 127 || head[16] == (byte) 192, "an address of the client");
        }
        server.awaitOpen(0);
    }
}
