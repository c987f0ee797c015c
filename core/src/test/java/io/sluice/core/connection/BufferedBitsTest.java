package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.BufferedBit.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BufferedBitsTest {
    private final BufferedBits bits = new BufferedBits();

    private BitPromise claim(String plugin, String name) {
        return bits.claim(plugin, name, Scope.CONNECTION);
    }

    private int assigned(BitPromise promise) {
        bits.assign();
        return promise.get().mask();
    }

    /** As nginx's modules have them. */
    @ParameterizedTest
    @CsvSource({
        "ssl, CONNECTION, 0x01",
        "http-write, CONNECTION, 0x10",
        "stream-write, CONNECTION, 0x10",
        "http-gzip, CONNECTION, 0x20",
        "image, CONNECTION, 0x08",
        "ssi, REQUEST, 0x01",
        "sub, REQUEST, 0x02",
        "copy, REQUEST, 0x04",
    })
    void a_name_of_nginx_has_nginx_s_value(String name, Scope scope, String mask) {
        BufferedBit bit = bits.claim("any", name, scope).get();
        assertEquals(Integer.decode(mask), bit.mask());
        assertEquals(scope, bit.scope());
        assertEquals(name, bit.name());
        assertTrue(bits.problems().isEmpty() && bits.warnings().isEmpty());
    }

    @Test
    void the_write_filters_of_http_and_stream_have_one_value_in_one_server() {
        BitPromise http = claim("http", "http-write");
        BitPromise stream = claim("stream", "stream-write");
        assertEquals(http.get().mask(), stream.get().mask());
        assertTrue(bits.problems().isEmpty(), bits.problems().toString());
    }

    @Test
    void what_is_below_the_write_filter_is_in_the_low_nibble() {
        assertEquals(0x0f, BufferedBit.LOW_LEVEL);
        assertNotEquals(0, claim("tls", "ssl").get().mask() & BufferedBit.LOW_LEVEL);
        assertNotEquals(0, claim("image", "image").get().mask() & BufferedBit.LOW_LEVEL);
        assertEquals(0, claim("http", "http-write").get().mask() & BufferedBit.LOW_LEVEL);
    }

    @Test
    void plugins_get_first_what_no_module_of_nginx_has() {
        BitPromise first = claim("echo", "echo.pending");
        BitPromise second = claim("mqtt", "mqtt.held");
        assertEquals(0x40, assigned(first));
        assertEquals(0x80, second.get().mask());
        assertTrue(bits.warnings().isEmpty());
    }

    @Test
    void a_bit_has_no_value_before_all_have_asked() {
        BitPromise promise = claim("echo", "echo.pending");
        IllegalStateException early = assertThrows(IllegalStateException.class, promise::get);
        assertTrue(early.getMessage().contains("echo.pending"), early.getMessage());
        assertEquals(0x40, assigned(promise));
    }

    @Test
    void who_asks_for_a_certain_value_gets_it_before_those_who_do_not() {
        BitPromise any = claim("echo", "echo.pending");
        BitPromise fixed = bits.claimFixed("mqtt", "mqtt.held", Scope.CONNECTION, 0x40);
        assertEquals(0x80, assigned(any));
        assertEquals(0x40, fixed.get().mask());
        assertTrue(bits.problems().isEmpty());
    }

    @Test
    void an_official_bit_that_nobody_uses_can_be_had_with_a_warning() {
        claim("a", "a.one");
        claim("b", "b.two");
        BitPromise third = claim("c", "c.three");
        assertEquals(0x20, assigned(third));
        assertEquals(
                List.of("buffered bit 0x20 of http-gzip, which is not loaded, goes to c.three of c"), bits.warnings());
        assertTrue(bits.problems().isEmpty());
    }

    @Test
    void the_write_filter_s_bit_is_never_given_away() {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            given.add(assigned(claim("p" + i, "bit" + i)));
        }
        assertEquals(7, given.size());
        assertFalse(given.contains(0x10));
    }

    @Test
    void two_claims_of_one_value_are_refused_and_both_are_named() {
        bits.claimFixed("mqtt", "mqtt.held", Scope.CONNECTION, 0x40);
        bits.claimFixed("redis", "redis.pending", Scope.CONNECTION, 0x40);
        claim("http", "http-write");
        bits.claimFixed("redis", "redis.written", Scope.CONNECTION, 0x10);
        assertEquals(
                List.of(
                        "buffered bit 0x40 is claimed twice: as mqtt.held by mqtt and as redis.pending by redis",
                        "buffered bit 0x10 is claimed twice: as http-write by http and as redis.written by redis"),
                bits.problems());
    }

    @Test
    void so_are_two_claims_of_one_name() {
        claim("mqtt", "pending");
        claim("redis", "pending");
        bits.assign();
        assertEquals(1, bits.problems().size(), () -> bits.problems().toString());
        String problem = bits.problems().getFirst();
        assertTrue(problem.contains("mqtt") && problem.contains("redis") && problem.contains("pending"), problem);
    }

    @Test
    void one_value_in_two_scopes_is_no_collision() {
        bits.claimFixed("a", "a.one", Scope.CONNECTION, 0x40);
        bits.claimFixed("b", "b.two", Scope.REQUEST, 0x40);
        assertEquals(List.of(), bits.problems());
        assertEquals(List.of("0x40 connection a.one (a)", "0x40 request b.two (b)"), bits.map());
    }

    @Test
    void when_none_is_left_the_owners_are_listed() {
        for (int i = 1; i <= 8; i++) {
            bits.claim("p" + i, "r" + i, Scope.REQUEST);
        }
        bits.claim("z", "z.bit", Scope.REQUEST);
        bits.assign();
        assertEquals(
                List.of("no buffered bit of the request is left for z.bit of z; they belong to r1 of p1, r2 of p2, "
                        + "r3 of p3, r4 of p4, r5 of p5, r6 of p6, r7 of p7, r8 of p8"),
                bits.problems());
    }

    @Test
    void a_bit_keeps_its_value_by_its_name_over_reloads() {
        BitPromise first = claim("echo", "echo.pending");
        BitPromise second = claim("mqtt", "mqtt.held");
        bits.assign();
        // The next configuration asks in another order, and has one plugin more.
        BufferedBits next = bits.next();
        BitPromise third = next.claim("new", "new.bit", Scope.CONNECTION);
        BitPromise secondAgain = next.claim("mqtt", "mqtt.held", Scope.CONNECTION);
        BitPromise firstAgain = next.claim("echo", "echo.pending", Scope.CONNECTION);
        next.assign();
        assertEquals(first.get(), firstAgain.get());
        assertEquals(second.get(), secondAgain.get());
        assertEquals(0x20, third.get().mask());
        assertEquals(List.of(), next.problems());
    }

    /** A connection of the old plugin may still have it set. */
    @Test
    void the_value_of_one_that_is_gone_is_not_given_to_another() {
        claim("echo", "echo.pending");
        bits.assign();
        BufferedBits without = bits.next();
        without.assign();
        BufferedBits next = without.next();
        BitPromise other = next.claim("mqtt", "mqtt.held", Scope.CONNECTION);
        BitPromise back = next.claim("echo", "echo.pending", Scope.CONNECTION);
        next.assign();
        assertEquals(0x80, other.get().mask());
        assertEquals(0x40, back.get().mask());
    }

    @Test
    void the_order_of_asking_does_not_count() {
        List<String> names = List.of("a.bit", "b.bit", "c.bit", "d.bit");
        BufferedBits forwards = new BufferedBits();
        names.forEach(name -> forwards.claim(name.substring(0, 1), name, Scope.CONNECTION));
        forwards.assign();
        BufferedBits backwards = new BufferedBits();
        names.reversed().forEach(name -> backwards.claim(name.substring(0, 1), name, Scope.CONNECTION));
        backwards.assign();
        assertEquals(forwards.map(), backwards.map());
        assertEquals(forwards.warnings(), backwards.warnings());
    }

    @Test
    void a_plugin_that_claims_one_name_twice_is_told_so() {
        claim("mqtt", "mqtt.held");
        claim("mqtt", "mqtt.held");
        bits.claimFixed("mqtt", "mqtt.held", Scope.CONNECTION, 0x80);
        claim("http", "http-write");
        claim("http", "http-write");
        bits.assign();
        assertEquals(
                List.of(
                        "the buffered bit mqtt.held is claimed twice by mqtt",
                        "the buffered bit mqtt.held is claimed twice by mqtt",
                        "the buffered bit http-write is claimed twice by http"),
                bits.problems());
    }

    @Test
    void one_name_in_two_scopes_is_two_bits() {
        BitPromise one = bits.claim("a", "a.bit", Scope.CONNECTION);
        BitPromise other = bits.claim("a", "a.bit", Scope.REQUEST);
        bits.assign();
        assertEquals(0x40, one.get().mask());
        assertEquals(0x08, other.get().mask());
        assertEquals(List.of(), bits.problems());
    }

    @Test
    void the_eighth_claim_of_a_connection_finds_none_since_one_is_the_write_filters() {
        for (int i = 1; i <= 8; i++) {
            claim("p" + i, "b" + i);
        }
        bits.assign();
        assertEquals(1, bits.problems().size());
        assertTrue(
                bits.problems()
                        .getFirst()
                        .startsWith(
                                "no buffered bit of the connection is left for b8 of p8; they belong to b1 of p1, "),
                bits.problems().getFirst());
    }

    @Test
    void an_official_bit_asked_for_by_its_value_is_had_with_a_warning() {
        bits.claimFixed("mine", "mine.bit", Scope.REQUEST, 0x01);
        bits.assign();
        assertEquals(
                List.of("buffered bit 0x01 of ssi, which is not loaded, goes to mine.bit of mine"), bits.warnings());
    }

    @Test
    void a_value_that_somebody_has_while_the_server_runs_is_not_given_to_another() {
        claim("echo", "echo.pending");
        bits.assign();
        BufferedBits next = bits.next();
        next.claimFixed("mqtt", "mqtt.held", Scope.CONNECTION, 0x40);
        next.claim("echo", "echo.pending", Scope.CONNECTION);
        next.assign();
        BufferedBits moved = bits.next();
        moved.claimFixed("echo", "echo.pending", Scope.CONNECTION, 0x80);
        moved.assign();
        assertEquals(
                List.of(
                        "buffered bit 0x40 is echo.pending of echo while the server runs, it cannot become mqtt.held of mqtt"),
                next.problems());
        assertEquals(
                List.of("the buffered bit echo.pending of echo is 0x40 while the server runs, it cannot become 0x80"),
                moved.problems());
    }

    @Test
    void bits_of_plugins_that_are_gone_are_named_when_none_is_left() {
        for (int i = 1; i <= 8; i++) {
            bits.claim("p" + i, "r" + i, Scope.REQUEST);
        }
        bits.assign();
        BufferedBits next = bits.next();
        next.claim("new", "new.bit", Scope.REQUEST);
        next.assign();
        String problem = next.problems().getFirst();
        assertTrue(
                problem.contains("new.bit of new") && problem.contains("r1, which this configuration does not load"),
                problem);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 0x100, 0x30})
    void a_value_is_one_of_eight_bits(int mask) {
        assertThrows(
                IllegalArgumentException.class, () -> bits.claimFixed("echo", "echo.pending", Scope.CONNECTION, mask));
    }

    @Test
    void a_bit_of_a_request_is_not_one_of_a_connection() {
        BufferedBit bit = new BufferedBit("ssi", Scope.REQUEST, 1);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> bit.requireScope(Scope.CONNECTION));
        assertTrue(refused.getMessage().contains("ssi"));
        bit.requireScope(Scope.REQUEST);
    }
}
