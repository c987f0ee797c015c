package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.buffer.Chain;
import io.sluice.http.HttpPlugin;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServers;
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
    void a_piece_that_is_not_wanted_pushes_the_head_all_the_same(String driver) {
        Recording recording = new Recording();
        serving.answer = (request, _) -> {
            recording.on(request.connection());
            Serving.describe(request, 4);
            request.singleRange(true);
            request.sendHeader();
            Chain unwanted = Serving.memory(request, "01", false);
            unwanted.buf().flush(true);
            request.output(unwanted);
            assertEquals(1, recording.calls());
            return Serving.sent(request, Serving.memory(request, "23", true));
        };
        assertEquals(
                "3",
                Golden.ask(client(driver), "GET", "Range: bytes=3-3").response().text());
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
