package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.http.HttpPlugin;
import io.sluice.http.parse.HttpDate;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an answer expires. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpiresTest {
    private static final String CONF = """
            http.expires = EXPIRES
            http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", serve = on } ] } ]
            """;

    private final Serving serving = new Serving();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), serving);

    @ParameterizedTest
    @CsvSource({
        "off,OFF,0",
        "epoch,EPOCH,0",
        "max,MAX,0",
        "0,NOW,0",
        "30,NOW,30",
        "-1,NOW,-1",
        "+1h,NOW,3600",
        "1h30m,NOW,5400",
        "1h 30m 5,NOW,5405",
        "1y1M1w1d1h1m1s,NOW,34822861",
        "modified 24h,MODIFIED,86400",
        "modified +1d,MODIFIED,86400",
        "modified -1,MODIFIED,-1",
        "@15h30m,DAILY,55800",
        "@0,DAILY,0"
    })
    void the_setting_is_read_as_nginx_reads_its_own(String text, Expires.From from, long seconds) {
        assertEquals(new Expires(from, seconds), Expires.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "on",
                "1x",
                "h",
                "1m1h",
                "1h1h",
                "1.5h",
                "--1",
                "1h-1",
                "modified",
                "modified max",
                "@",
                "@24h",
                "@-1",
                "99999999999999999999",
                "9999999999999y",
                "Max",
                "5 6"
            })
    void what_makes_no_sense_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Expires.parse(text));
    }

    @Test
    void a_bad_setting_is_told_with_its_line() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(new HttpPlugin(), serving).load(CONF.replace("EXPIRES", "soon")));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("test.conf:1:") && message.contains("\"soon\" is not off, epoch"), message);
    }

    @OnBothDrivers
    void fixed_times_are_said_in_both_headers(String driver) {
        assertEquals("Thu, 01 Jan 1970 00:00:01 GMT, no-cache", lines(driver, "epoch"));
        assertEquals("Thu, 31 Dec 2037 23:55:55 GMT, max-age=315360000", lines(driver, "max"));
        assertEquals("null, null", lines(driver, "off"));
    }

    @OnBothDrivers
    void a_time_counts_from_the_answer_or_from_the_change_of_its_content(String driver) {
        assertEquals("+3600 max-age=3600", distance(driver, "1h"));
        assertEquals("+0 max-age=0", distance(driver, "0"));
        assertEquals("-1 no-cache", distance(driver, "-1"));
        assertEquals("Mon, 07 Nov 1994 08:49:37 GMT, no-cache", lines(driver, "\"modified 1d\""));
        // The change was in 1994, and a hundred years are enough.
        String far = lines(driver, "\"modified 100y\"");
        assertTrue(far.startsWith("Tue, 12 Oct 2094 08:49:37 GMT, max-age="), far);
    }

    @OnBothDrivers
    void without_a_change_that_is_known_it_counts_from_the_answer(String driver) {
        serving.answer = (request, _) -> request.respond(200, "x");
        assertEquals("+86400 max-age=86400", distance(driver, "\"modified 1d\""));
    }

    @OnBothDrivers
    void a_time_of_day_is_the_next_one(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF.replace("EXPIRES", "\"@12h\""));
        RawClient client = servers.closing(server.client());
        long last = 0;
        for (int i = 0; i < 30; i++) {
            Response response = Golden.ask(client, "GET").response();
            long now = date(response, "Date");
            long then = date(response, "Expires");
            assertEquals(43_200, then % 86_400);
            assertTrue(then > now && then - now <= 86_400, now + " and " + then);
            assertEquals("max-age=" + (then - now), response.header("Cache-Control"));
            assertTrue(then >= last);
            last = then;
            // Less than a connection is kept.
            for (int minute = 0; minute < 120; minute++) {
                server.advance(Duration.ofMinutes(1));
                if (minute % 60 == 59) {
                    client = servers.closing(server.client());
                }
            }
        }
    }

    @OnBothDrivers
    void what_the_answer_said_itself_is_replaced(String driver) {
        serving.answer = (request, _) -> {
            request.addHeader("Cache-Control", "private");
            request.addHeader("Expires", "0");
            request.addHeader("Cache-Control", "max-age=7");
            return request.respond(200, "x");
        };
        RawClient client = servers.closing(
                servers.start(driver, CONF.replace("EXPIRES", "1h")).client());
        Response response = Golden.ask(client, "GET").response();
        assertEquals("[max-age=3600]", response.headers("Cache-Control").toString());
        assertEquals(1, response.headers("Expires").size());
    }

    @OnBothDrivers
    void errors_do_not_expire(String driver) {
        serving.answer = (request, _) -> request.answer(404);
        assertEquals("null, null", lines(driver, "1h"));
    }

    @OnBothDrivers
    void a_text_with_variables_is_read_for_each_answer(String driver) {
        String conf = CONF.replace("EXPIRES", "\"$arg_e\"");
        RawClient client = servers.closing(servers.start(driver, conf).client());
        assertEquals("no-cache", control(client, "epoch"));
        assertEquals("max-age=315360000", control(client, "max"));
        assertEquals("max-age=60", control(client, "1m"));
        assertEquals("null", control(client, "off"));
        assertEquals("null", control(client, "nonsense"));
        assertEquals("null", control(client, ""));
    }

    private static String control(RawClient client, String value) {
        return String.valueOf(client.send("GET /?e=" + value + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .response()
                .header("Cache-Control"));
    }

    private Response answer(String driver, String expires) {
        RawClient client = servers.closing(
                servers.start(driver, CONF.replace("EXPIRES", expires)).client());
        return Golden.ask(client, "GET").response();
    }

    private String lines(String driver, String expires) {
        Response response = answer(driver, expires);
        return response.header("Expires") + ", " + response.header("Cache-Control");
    }

    private String distance(String driver, String expires) {
        Response response = answer(driver, expires);
        long seconds = date(response, "Expires") - date(response, "Date");
        return (seconds < 0 ? "" : "+") + seconds + " " + response.header("Cache-Control");
    }

    private static long date(Response response, String header) {
        byte[] bytes = String.valueOf(response.header(header)).getBytes(StandardCharsets.US_ASCII);
        return HttpDate.parse(bytes, 0, bytes.length);
    }
}
