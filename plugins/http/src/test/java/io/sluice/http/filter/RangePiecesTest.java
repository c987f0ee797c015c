package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.http.HttpPlugin;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ranges of bodies that come in pieces. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RangePiecesTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", serve = on } ]
            } ]
            """;

    private final Serving serving = new Serving();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), serving);

    private RawClient client(String driver) {
        return servers.closing(servers.start(driver, CONF).client());
    }

    @OnBothDrivers
    void one_range_is_cut_out_of_a_body_that_comes_in_pieces(String driver) {
        serving.answer = (request, _) -> pieces(request);
        RawClient client = client(driver);
        assertEquals(
                "2345678",
                Golden.ask(client, "GET", "Range: bytes=2-8").response().text());
        assertEquals(
                "4", Golden.ask(client, "GET", "Range: bytes=4-4").response().text());
        assertEquals(
                "0", Golden.ask(client, "GET", "Range: bytes=0-0").response().text());
        assertEquals(
                "9", Golden.ask(client, "GET", "Range: bytes=-1").response().text());
        // Several would have to be sent in an order that is not known beforehand.
        assertEquals(
                "0123456789",
                Golden.ask(client, "GET", "Range: bytes=2-3,5-6").response().text());
    }

    @OnBothDrivers
    void memory_that_is_used_again_is_sent_first_also_when_its_end_is_cut_off(String driver) {
        serving.answer = (request, _) -> {
            Serving.describe(request, 2000);
            request.singleRange(true);
            request.sendHeader();
            Buf buf = request.pool().take(20);
            for (int i = 0; i < 100; i++) {
                buf.clear();
                buf.put((i % 2 == 0 ? "01234567890123456789" : "abcdefghijklmnopqrst")
                        .getBytes(StandardCharsets.US_ASCII));
                Chain first = request.piece(buf, 0, 10, false);
                Chain second = request.piece(buf, 10, 20, i == 99);
                second.buf().recycled(true);
                first.next(second);
                request.output(first);
            }
            return Outcome.DONE;
        };
        Response response =
                Golden.ask(client(driver), "GET", "Range: bytes=0-9").response();
        assertEquals("0123456789", response.text());
    }

    @OnBothDrivers
    void a_handler_that_cuts_its_body_up_although_it_said_otherwise_ends_its_connection(String driver) {
        serving.answer = (request, _) -> {
            Serving.describe(request, 10);
            request.sendHeader();
            request.output(Serving.memory(request, "01234", false));
            request.output(Serving.memory(request, "56789", true));
            return Outcome.DONE;
        };
        RawClient client = client(driver);
        Golden.ask(client, "GET", "Range: bytes=2-3,5-6");
        client.awaitEnding();
    }

    private static Outcome pieces(HttpRequest request) {
        Serving.describe(request, 10);
        request.singleRange(true);
        request.sendHeader();
        for (int i = 0; i < 10; i += 2) {
            Chain first = Serving.memory(request, "" + i, false);
            first.next(Serving.memory(request, "" + (i + 1), i == 8));
            request.output(first);
        }
        return Outcome.DONE;
    }
}
