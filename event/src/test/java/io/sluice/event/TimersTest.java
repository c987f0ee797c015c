package io.sluice.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.CachedTime;
import io.sluice.core.time.Clock;
import io.sluice.core.time.SeededRandomness;
import io.sluice.core.time.Timer;
import io.sluice.core.time.TimerTask;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TimersTest {
    private long now = Long.MAX_VALUE - 1_000_000_000L; // it wraps on the way
    private final CachedTime time = new CachedTime(
            new Clock() {
                @Override
                public long nanos() {
                    return now;
                }

                @Override
                public long millis() {
                    return 0;
                }
            },
            ZoneOffset.UTC);
    private final Timers timers = new Timers(time);
    private final List<Integer> fired = new ArrayList<>();

    private void advance(long nanos) {
        now += nanos;
        time.update();
        timers.expire(TimerTask::expired);
    }

    /** Against a sorted map, which is slow and right. */
    @Test
    void any_history_fires_as_a_sorted_map_says() {
        SeededRandomness random = new SeededRandomness(3);
        Timer[] all = new Timer[200];
        for (int i = 0; i < all.length; i++) {
            int number = i;
            all[i] = timers.create(() -> fired.add(number), i % 3 == 0);
        }
        Map<Integer, Long> model = new TreeMap<>();
        long passed = 0;
        for (int step = 0; step < 300_000; step++) {
            int which = random.nextInt(all.length);
            switch (random.nextInt(10)) {
                case 0 -> {
                    long by = random.nextInt(3_000_000);
                    passed += by;
                    advance(by);
                    long until = passed;
                    List<Long> order = fired.stream().map(model::get).toList();
                    assertEquals(order.stream().sorted().toList(), order, "earliest first");
                    List<Integer> due = model.entrySet().stream()
                            .filter(entry -> entry.getValue() <= until)
                            .map(Map.Entry::getKey)
                            .toList();
                    assertEquals(due, fired.stream().sorted().toList());
                    due.forEach(model::remove);
                    fired.clear();
                }
                case 1, 2, 3 -> {
                    all[which].cancel();
                    model.remove(which);
                }
                default -> {
                    long delay = random.nextInt(20_000_000);
                    all[which].setNanos(delay);
                    model.put(which, passed + delay);
                }
            }
            assertEquals(model.containsKey(which), all[which].isSet());
            if (step % 100 == 0) {
                long first =
                        model.values().stream().mapToLong(Long::longValue).min().orElse(-1);
                assertEquals(first < 0 ? -1 : Math.max(0, first - passed), timers.nanosToNext());
                assertEquals(model.keySet().stream().filter(i -> i % 3 != 0).count(), timers.keepingAlive());
            }
        }
    }

    @Test
    void only_timers_that_are_not_cancelable_keep_a_server_alive() {
        Timer housekeeping = timers.create(() -> {}, true);
        Timer client = timers.create(() -> {}, false);
        housekeeping.setMillis(1);
        assertEquals(0, timers.keepingAlive());
        client.setMillis(1);
        client.setMillis(2);
        assertEquals(1, timers.keepingAlive());
        client.cancel();
        client.cancel();
        assertEquals(0, timers.keepingAlive());
        client.setMillis(1);
        advance(1_000_000);
        assertEquals(0, timers.keepingAlive());
    }

    @Test
    void a_timer_that_sets_itself_to_nothing_does_not_hold_the_turn() {
        Timer[] timer = new Timer[1];
        timer[0] = timers.create(
                () -> {
                    fired.add(1);
                    timer[0].setMillis(0);
                },
                true);
        timer[0].setMillis(0);
        advance(0);
        assertEquals(1, fired.size());
        advance(1);
        assertEquals(2, fired.size());
    }

    @Test
    void a_very_late_moment_is_late() {
        Timer timer = timers.create(() -> fired.add(1), true);
        timer.setMillis(Long.MAX_VALUE);
        advance(1_000_000_000_000L);
        assertTrue(timer.isSet() && fired.isEmpty());
        timer.setNanos(Long.MIN_VALUE);
        advance(0);
        assertFalse(timer.isSet());
    }
}
