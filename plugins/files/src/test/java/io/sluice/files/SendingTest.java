package io.sluice.files;

import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What may happen to a file and its client while it is sent. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SendingTest {
    @RegisterExtension
    final Site site = new Site();

    @OnBothDrivers
    void a_large_file_arrives_whole_at_a_client_that_is_slow(String driver) throws IOException {
        byte[] bytes = new byte[5_000_003];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 ^ i >> 13);
        }
        Files.write(site.www().resolve("large"), bytes);
        TestServer server = site.start(driver, "");
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(8192).connect()) {
            client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            String head = client.readUntil("\r\n\r\n");
            assertTrue(head.contains("Content-Length: 5000003\r\n"), head);
            CRC32 sum = new CRC32();
            client.readEach(bytes.length, (some, length) -> sum.update(some, 0, length));
            CRC32 expected = new CRC32();
            expected.update(bytes);
            assertEquals(expected.getValue(), sum.getValue());
            assertEquals(404, get(client, "/none").status());
        }
    }

    @OnBothDrivers
    void without_sendfile_a_file_arrives_whole_as_well(String driver) throws IOException {
        byte[] bytes = new byte[1_000_003];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 ^ i >> 13);
        }
        Files.write(site.www().resolve("large"), bytes);
        TestServer server = site.start(driver, "sendfile = off");
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(8192).connect()) {
            assertArrayEquals(bytes, get(client, "/large").body());
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_client_that_leaves_in_the_middle_leaves_nothing_open(String driver) throws IOException {
        Files.write(site.www().resolve("large"), new byte[20_000_000]);
        TestServer server = site.start(driver, "");
        for (int i = 0; i < 5; i++) {
            try (RawClient client =
                    RawClient.to(server.address(0)).receiveBuffer(8192).connect()) {
                client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
                client.readUntil("\r\n\r\n");
                client.reset();
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(List.of(), site.openFiles());
    }

    @OnBothDrivers
    void a_file_taken_away_while_it_is_sent_is_sent_whole(String driver) throws IOException {
        byte[] bytes = new byte[8_000_000];
        Arrays.fill(bytes, (byte) 'f');
        Path file = Files.write(site.www().resolve("large"), bytes);
        TestServer server = site.start(driver, "");
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(8192).connect()) {
            client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readUntil("\r\n\r\n");
            Files.delete(file);
            client.readEach(bytes.length, (some, length) -> {
                for (int i = 0; i < length; i++) {
                    if (some[i] != 'f') {
                        throw new AssertionError("another byte");
                    }
                }
            });
            assertEquals(404, get(client, "/large").status());
        }
    }

    @OnBothDrivers
    void a_file_cut_while_it_is_sent_ends_the_connection_and_is_told_in_the_log(String driver) throws IOException {
        Path file = Files.write(site.www().resolve("large"), new byte[20_000_000]);
        TestServer server = site.start(driver, "");
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(8192).connect()) {
            client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readUntil("\r\n\r\n");
            Files.write(file, new byte[10]);
            client.awaitEnding();
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        server.close();
        Await.until("the log tells it", () -> server.log().has("[alert]"));
    }
}
