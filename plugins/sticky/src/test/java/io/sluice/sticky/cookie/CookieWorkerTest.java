package io.sluice.sticky.cookie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigValueFactory;
import io.sluice.core.config.Configuration;
import io.sluice.core.config.References;
import io.sluice.core.config.Section;
import io.sluice.core.time.CachedTime;
import io.sluice.core.variable.BytesSink;
import io.sluice.testkit.heap.Allocated;
import io.sluice.testkit.time.HandClock;
import io.sluice.upstream.sticky.StickyRequest;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The cookie, byte by byte. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CookieWorkerTest {
    private static final Section NOWHERE =
            Configuration.parse("", "test.conf", References.none()).root();

    private final CachedTime time = new CachedTime(new HandClock(), ZoneOffset.UTC);
    private final Request request = new Request();

    /** Says the same to every text. */
    private static final class Request implements StickyRequest {
        private final BytesSink value = new BytesSink(16, 1 << 20);
        private final BytesSink told = new BytesSink(16, 1 << 20);
        private final BytesSink wanted = new BytesSink(16, 1 << 20);
        byte[] said = {};
        byte[] kept = {};
        String sid = "a";
        byte[] asked = {};

        @Override
        public BytesSink text(int index) {
            value.reset();
            value.put(said);
            return value;
        }

        @Override
        public BytesSink kept(byte[] lowerCase) {
            asked = lowerCase;
            value.reset();
            value.put(kept);
            return value;
        }

        @Override
        public void want(byte[] bytes, int length) {
            wanted.reset();
            wanted.put(bytes, 0, length);
        }

        @Override
        public void want(String of) {
            throw new AssertionError(of);
        }

        @Override
        public String sid() {
            return sid;
        }

        @Override
        public void tell(BytesSink what) {
            told.reset();
            told.put(what.array(), 0, what.count());
        }

        @Override
        public @Nullable Object note() {
            return null;
        }

        @Override
        public void note(Object noted) {
            throw new AssertionError(noted);
        }
    }

    private CookieWorker worker(
            @Nullable Object expires, @Nullable String domain, @Nullable String path, @Nullable String sameSite) {
        Cookie cookie = Cookie.read(new CookieSettings.Settings(
                "Srv",
                Optional.ofNullable(expires).map(ConfigValueFactory::fromAnyRef),
                Optional.ofNullable(domain),
                Optional.ofNullable(path),
                true,
                false,
                Optional.ofNullable(sameSite),
                NOWHERE));
        return new CookieWorker(cookie, new Expiry(cookie.expirySeconds(), time));
    }

    private String told(CookieWorker worker) {
        request.told.reset();
        worker.taken(request);
        return request.told.toString();
    }

    @Test
    void what_is_set_is_written_in_the_order_of_nginx() {
        assertEquals("Srv=a; HttpOnly", told(worker(null, null, null, null)));
        String all = told(worker("2d", "x.example", "/", "none"));
        assertTrue(
                all.matches("Srv=a; Expires=\\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT; Domain=x.example; HttpOnly;"
                        + " SameSite=None; Path=/"),
                all);
    }

    @Test
    void an_sid_that_is_no_value_of_a_cookie_is_not_told() {
        for (String sid : List.of("a b", "a;b", "a\r\nb", "ü", "", "a\"", "x".repeat(2_000))) {
            request.sid = sid;
            assertEquals("", told(worker(null, null, null, null)), sid);
        }
        request.sid = "!#$%&'()*+-./0:<=>?@A[]^_`a{|}~";
        assertEquals("Srv=" + request.sid + "; HttpOnly", told(worker(null, null, null, null)));
    }

    @Test
    void what_the_client_keeps_is_wished_for_as_it_is() {
        CookieWorker worker = worker(null, null, null, null);
        worker.wish(request);
        assertEquals("srv", new String(request.asked, StandardCharsets.US_ASCII));
        assertEquals(0, request.wanted.count(), "it keeps nothing");
        request.kept = new byte[] {'x', 0, (byte) 0xff};
        worker.wish(request);
        assertEquals(3, request.wanted.count());
    }

    /** The same inputs at each build, and with {@code -Dsluice.fuzz=N} N times as many. */
    @Test
    void whatever_the_client_says_the_cookie_has_only_attributes_of_ours() {
        CookieWorker worker = worker("max", "$arg_d", "$uri", "$arg_s");
        Random random = new Random(6265);
        byte[] telling = "; =,\r\n\0\t\177\"\\aLxSstrictnone/.".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 20_000 * Integer.getInteger("sluice.fuzz", 1); i++) {
            byte[] said = new byte[random.nextInt(random.nextInt(50) == 0 ? 3_000 : 12)];
            for (int at = 0; at < said.length; at++) {
                said[at] =
                        random.nextInt(8) == 0 ? (byte) random.nextInt(256) : telling[random.nextInt(telling.length)];
            }
            request.said = said;
            String told = told(worker);
            assertTrue(
                    told.matches("Srv=a; Expires=Thu, 31 Dec 2037 23:55:55 GMT(; Domain=[ -:<-~]{1,1024})?; HttpOnly;"
                            + " SameSite=(Strict|Lax|None)(; Path=[ -:<-~]{1,1024})?"),
                    told);
        }
    }

    @Test
    void a_request_costs_no_object() {
        CookieWorker worker = worker("1h", "x.example", "$uri", "lax");
        request.said = new byte[] {'/', 'p'};
        request.kept = new byte[] {'b'};
        Runnable steady = () -> {
            for (int i = 0; i < 10_000; i++) {
                worker.wish(request);
                worker.taken(request);
            }
        };
        assertEquals(0, Allocated.by(steady));
    }
}
