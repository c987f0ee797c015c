package io.sluice.sticky.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.heap.Allocated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionsTest {
    private static final long TIMEOUT = 1_000;

    @Test
    void a_session_is_found_until_it_is_unused_for_the_timeout() {
        Sessions sessions = new Sessions(10, TIMEOUT);
        sessions.put(1, 2, "a", 0);
        assertEquals("a", sessions.find(1, 2, TIMEOUT - 1));
        assertEquals("a", sessions.find(1, 2, 2 * TIMEOUT - 2));
        assertNull(sessions.find(1, 2, 3 * TIMEOUT - 2));
        assertEquals(0, sessions.size());
    }

    @Test
    void both_halves_of_the_digest_count() {
        Sessions sessions = new Sessions(10, TIMEOUT);
        sessions.put(1, 2, "a", 0);
        assertNull(sessions.find(2, 1, 0));
        assertNull(sessions.find(0, 2, 0));
        assertNull(sessions.find(1, 0, 0));
    }

    @Test
    void a_session_may_be_at_another_server_from_now_on() {
        Sessions sessions = new Sessions(10, TIMEOUT);
        sessions.put(1, 2, "a", 0);
        sessions.put(1, 2, "b", TIMEOUT - 1);
        assertEquals("b", sessions.find(1, 2, TIMEOUT));
        assertEquals(1, sessions.size());
    }

    @Test
    void for_a_new_one_the_one_unused_for_longest_is_forgotten_which_is_told_once_a_second() {
        Sessions sessions = new Sessions(3, 1_000_000);
        for (int i = 0; i < 3; i++) {
            assertFalse(sessions.put(i, i, "s" + i, i));
        }
        sessions.find(0, 0, 10);
        assertTrue(sessions.put(3, 3, "s3", 11), "the first that had to go");
        assertNull(sessions.find(1, 1, 11));
        assertEquals("s0", sessions.find(0, 0, 11));
        assertFalse(sessions.put(4, 4, "s4", 999), "that was told in this second");
        assertTrue(sessions.put(5, 5, "s5", 1_000));
        assertFalse(sessions.put(5, 5, "again", 2_000), "it has a place");
        assertEquals(3, sessions.size());
    }

    @Test
    void who_is_too_old_makes_room_without_a_word() {
        Sessions sessions = new Sessions(2, TIMEOUT);
        sessions.put(1, 1, "a", 0);
        sessions.put(2, 2, "b", 0);
        assertFalse(sessions.put(3, 3, "c", TIMEOUT));
        assertEquals(1, sessions.size());
    }

    @Test
    void a_worker_whose_turn_began_earlier_makes_nobody_younger() {
        Sessions sessions = new Sessions(2, TIMEOUT);
        sessions.put(1, 1, "a", TIMEOUT - 1);
        assertEquals("a", sessions.find(1, 1, 0));
        assertEquals("a", sessions.find(1, 1, 2 * TIMEOUT - 2));
    }

    /** Against a map in the order of use. */
    @Test
    void whatever_happens_it_is_what_a_map_in_the_order_of_use_says() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(seed < 20 ? 20 : 3_000);
            Sessions sessions = new Sessions(most, TIMEOUT);
            Map<Long, Object[]> model = new LinkedHashMap<>(16, 0.75f, true);
            long now = 0;
            for (int step = 0; step < 20_000; step++) {
                now += random.nextInt(10) == 0 ? random.nextInt(200) : 0;
                long key = random.nextInt(most * 2);
                long time = now;
                model.values().removeIf(entry -> time - (long) entry[1] >= TIMEOUT);
                // Keys that end alike share a chain.
                long low = key & 3;
                if (random.nextBoolean()) {
                    Object[] known = model.get(key);
                    String expected = known == null ? null : (String) known[0];
                    if (known != null) {
                        known[1] = now;
                    }
                    assertEquals(expected, sessions.find(key, low, now), "seed " + seed + " step " + step);
                } else {
                    String sid = "s" + random.nextInt(5);
                    // The table may still hold some that are too old: it forgets them a few at a time, before others.
                    if (!model.containsKey(key) && model.size() == most) {
                        model.remove(model.keySet().iterator().next());
                    }
                    model.put(key, new Object[] {sid, now});
                    sessions.put(key, low, sid, now);
                }
                assertTrue(sessions.size() <= most);
            }
        }
    }

    @Test
    void several_workers_find_what_any_has_put() throws InterruptedException {
        Sessions sessions = new Sessions(1_000, 1_000_000);
        AtomicReference<Throwable> failed = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int own = t;
            threads.add(Thread.ofPlatform().start(() -> {
                Random random = new Random(own);
                for (int i = 0; i < 50_000; i++) {
                    long key = random.nextInt(2_000);
                    if (random.nextBoolean()) {
                        sessions.put(key, key, "s" + key, i);
                    } else {
                        String found = sessions.find(key, key, i);
                        if (found != null && !found.equals("s" + key)) {
                            failed.set(new AssertionError(key + " is at " + found));
                        }
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertNull(failed.get());
        assertEquals(1_000, sessions.size());
    }

    @Test
    void a_question_costs_no_object() {
        Sessions sessions = new Sessions(2_000, TIMEOUT);
        Digest digest = new Digest();
        byte[] value = "a session".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        long[] now = {0};
        Runnable steady = () -> {
            for (int i = 0; i < 5_000; i++) {
                value[0] = (byte) i;
                value[1] = (byte) (i >> 8);
                digest.of(value, value.length);
                sessions.put(digest.high(), digest.low(), "a", now[0]++);
                sessions.find(digest.high(), digest.low(), now[0]);
            }
        };
        steady.run();
        assertEquals(0, Allocated.by(steady));
    }
}
