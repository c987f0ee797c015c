package io.sluice.balance.roundrobin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.sluice.balance.NginxModel;
import io.sluice.core.time.SeededRandomness;
import io.sluice.testkit.heap.Allocated;
import io.sluice.upstream.Selection;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerRequest;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoundRobinTest {
    private long now = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        "5 1 1, 0 0 1 0 2 0 0",
        "1 1 1, 0 1 2",
        "2 1, 0 1 0",
        "4 2 2, 0 1 2 0",
        "1 2 3 4, 3 2 1 3 0 2 3 1 2 3",
        "3 3 1, 0 1 2 0 1 0 1",
        "7, 0",
    })
    void gives_the_sequence_of_nginx(String weights, String sequence) {
        Balanced balanced = Balanced.ofWeights(numbers(weights));
        int[] wanted = numbers(sequence);
        for (int round = 0; round < 3; round++) {
            assertArrayEquals(wanted, ask(balanced, wanted.length));
        }
        assertTrue(balanced.isReading());
    }

    @Test
    void a_peer_that_failed_is_left_alone_and_comes_back_lighter() {
        Balanced balanced = Balanced.ofWeights(2, 1, 1);
        Selection request = new Selection(new SeededRandomness(1));
        request.start(balanced.upstream());
        assertEquals(Choice.PEER, request.get(now));
        assertEquals(0, request.taken());
        request.free(Outcome.FAILED, now);
        assertFalse(balanced.isReading());

        assertArrayEquals(new int[] {1, 2, 1, 2}, ask(balanced, 4));
        now += 10_001;
        // It still owes for its first choice, and gains 0, then 1, then 2.
        assertArrayEquals(new int[] {1, 2, 1, 0, 2, 0, 1, 0}, ask(balanced, 8));
        int[] later = ask(balanced, 40);
        assertEquals(20, count(later, 0));
        assertTrue(balanced.isReading(), "a whole period without trouble is read again");
    }

    @Test
    void a_peer_at_its_limit_is_passed_over_until_it_is_given_back() {
        Balanced balanced = Balanced.of("{ address = \"127.0.0.1:1\", max-conns = 1 }, \"127.0.0.1:2\"");
        Selection first = take(balanced);
        assertEquals(0, first.taken());
        assertArrayEquals(new int[] {1, 1, 1}, ask(balanced, 3));
        first.free(Outcome.DONE, now);
        assertEquals(1, count(ask(balanced, 2), 0));
    }

    @Test
    void one_request_meets_each_peer_once_then_the_backups_then_nobody() {
        Balanced balanced = Balanced.of(
                "\"127.0.0.1:1\", \"127.0.0.1:2\", { address = \"127.0.0.1:3\", backup = on }, { address = \"127.0.0.1:4\", down = on }");
        Selection request = new Selection(new SeededRandomness(1));
        request.start(balanced.upstream());
        List<Integer> ports = new ArrayList<>();
        while (request.get(now) == Choice.PEER) {
            ports.add(request.peer().address().port());
            request.free(Outcome.NEXT, now);
        }
        assertEquals(List.of(1, 2, 3), ports);
        request.start(balanced.upstream());
        assertEquals(Choice.PEER, request.get(now), "nothing of it counts against the peers");
        balanced.upstream().peers().forEach(peer -> assertEquals(0, peer.fails()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_place_taken_by_another_worker_meanwhile_leaves_the_weights_as_if_the_peer_had_been_full(boolean reading) {
        String servers = "{ address = \"127.0.0.1:1\", max-conns = 1, weight = 5 }, "
                + "{ address = \"127.0.0.1:2\", weight = 2 }, { address = \"127.0.0.1:3\", weight = 2 }";
        NginxModel model = new NginxModel(
                List.of(
                        new NginxModel.Server("a", 5, 1, 1, 10_000, false),
                        new NginxModel.Server("b", 2, 1, 0, 10_000, false),
                        new NginxModel.Server("b", 2, 1, 0, 10_000, false)),
                List.of());
        Balanced balanced = Balanced.of(servers);
        if (!reading) {
            threeAttempts(balanced, model);
        }
        Selection outrun = new Selection(new SeededRandomness(1));
        outrun.start(balanced.upstream());
        Selection faster = new Selection(new SeededRandomness(1));
        faster.start(balanced.upstream());
        PeerRequest overtaken = mock(PeerRequest.class, delegatesTo(outrun));
        doAnswer(call -> {
                    if (!faster.holds()) {
                        assertEquals(0, call.<Integer>getArgument(0));
                        faster.take(0);
                    }
                    return outrun.take(call.getArgument(0));
                })
                .when(overtaken)
                .take(anyInt());
        model.primary.getFirst().conns = 1;
        NginxModel.Request theirs = model.start();
        model.get(theirs, now);

        assertEquals(reading, balanced.isReading());
        assertEquals(Choice.PEER, balanced.primary().get(overtaken));
        assertEquals(theirs.held(), outrun.taken());
        model.primary.getFirst().conns = 0;
        faster.free(Outcome.DONE, now);
        for (int i = 0; i < 40; i++) {
            NginxModel.Request next = model.start();
            model.get(next, now);
            int wanted = next.held();
            model.free(next, Outcome.DONE, now);
            assertEquals(wanted, ask(balanced, 1)[0], "get " + i);
        }
    }

    private void threeAttempts(Balanced balanced, NginxModel model) {
        Selection ours = new Selection(new SeededRandomness(1));
        ours.start(balanced.upstream());
        NginxModel.Request theirs = model.start();
        for (int i = 0; i < 2; i++) {
            ours.get(now);
            model.get(theirs, now);
            assertEquals(theirs.held(), ours.taken());
            ours.free(Outcome.NEXT, now);
            model.free(theirs, Outcome.NEXT, now);
        }
        NginxModel.Request third = model.start();
        model.get(third, now);
        assertEquals(third.held(), ask(balanced, 1)[0]);
        model.free(third, Outcome.DONE, now);
    }

    @Test
    void ten_thousand_peers_are_read_from_a_period() {
        int[] weights = new int[10_000];
        Arrays.fill(weights, 1);
        Balanced balanced = Balanced.ofWeights(weights);
        assertTrue(balanced.isReading());
        int[] all = ask(balanced, 10_000);
        for (int i = 0; i < all.length; i++) {
            assertEquals(i, all[i]);
        }
    }

    @Test
    void a_period_that_is_too_long_is_walked() {
        Balanced balanced = Balanced.ofWeights(65_536, 1);
        assertFalse(balanced.isReading());
        assertArrayEquals(new int[] {0, 0, 0}, ask(balanced, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 31) - 5, (1L << 32) - 5, 1L << 62})
    void the_sequence_goes_on_after_two_to_the_thirty_one_gets(long gets) throws ReflectiveOperationException {
        Period period = FirstPeriod.of(new int[] {5, 1, 1}, 7, 7);
        Field position = Period.class.getDeclaredField("position");
        position.setAccessible(true);
        ((AtomicLong) position.get(period)).set(gets);
        int[] sequence = {0, 0, 1, 0, 2, 0, 0};
        for (long i = gets; i < gets + 20; i++) {
            assertEquals(sequence[(int) (i % 7)], period.next(), "get " + i);
        }
        long[] current = new long[3];
        period.close(new int[] {5, 1, 1}, 7, current);
        assertEquals(0, Arrays.stream(current).sum());
        assertEquals(Period.CLOSED, period.next());
    }

    @Test
    void a_peer_that_starts_slowly_gets_its_share_in_thousandths() {
        Balanced balanced =
                Balanced.of("{ address = \"127.0.0.1:1\", slow-start = 1000s, fail-timeout = 1s }, \"127.0.0.1:2\"");
        Selection failing = take(balanced);
        assertEquals(0, failing.taken());
        failing.free(Outcome.FAILED, now);
        now += 2_000;
        while (balanced.upstream().peers().getFirst().fails() > 0) {
            ask(balanced, 1);
        }
        now += 100_000;
        assertEquals(100, count(ask(balanced, 1_100), 0), 3, "a tenth of its weight");
        assertFalse(balanced.isReading());
        now += 1_000_000;
        assertEquals(500, count(ask(balanced, 1_000), 0), 3, "all of it");
        assertTrue(balanced.isReading());
    }

    @Test
    void nobody_is_left_when_all_are_down() {
        Balanced balanced =
                Balanced.of("{ address = \"127.0.0.1:1\", down = on }, { address = \"127.0.0.1:2\", down = on }");
        Selection request = new Selection(new SeededRandomness(1));
        request.start(balanced.upstream());
        assertEquals(Choice.BUSY, request.get(now));
    }

    @Test
    void a_steady_request_allocates_nothing() {
        Balanced balanced = Balanced.ofWeights(5, 1, 1);
        Selection request = new Selection(new SeededRandomness(1));
        steady(balanced, request, 20_000);
        assertEquals(0, Allocated.by(() -> steady(balanced, request, 10_000)));
    }

    @Test
    void a_walk_allocates_nothing() {
        Balanced balanced = Balanced.ofWeights(65_536, 1, 1);
        Selection request = new Selection(new SeededRandomness(1));
        steady(balanced, request, 20_000);
        assertEquals(0, Allocated.by(() -> steady(balanced, request, 10_000)));
    }

    private void steady(Balanced balanced, Selection request, int times) {
        for (int i = 0; i < times; i++) {
            request.start(balanced.upstream());
            request.get(now);
            request.free(Outcome.KEEPALIVE, now);
        }
    }

    private Selection take(Balanced balanced) {
        Selection request = new Selection(new SeededRandomness(1));
        request.start(balanced.upstream());
        assertEquals(Choice.PEER, request.get(now));
        return request;
    }

    private int[] ask(Balanced balanced, int times) {
        int[] chosen = new int[times];
        for (int i = 0; i < times; i++) {
            Selection request = take(balanced);
            chosen[i] = request.taken();
            request.free(Outcome.DONE, now);
        }
        return chosen;
    }

    private static int count(int[] chosen, int wanted) {
        int count = 0;
        for (int one : chosen) {
            count += one == wanted ? 1 : 0;
        }
        return count;
    }

    private static int[] numbers(String text) {
        String[] words = text.split(" ");
        int[] numbers = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Integer.parseInt(words[i]);
        }
        return numbers;
    }
}
