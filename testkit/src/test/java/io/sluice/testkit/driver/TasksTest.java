package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.SeededRandomness;
import io.sluice.event.Worker;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one way between threads: each task runs once, on its worker, in the order of who gave it, and a waiting worker is woken for it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TasksTest {
    private static final int PRODUCERS = 3;
    private static final int TASKS = 20_000;

    @RegisterExtension
    final TestServers servers = new TestServers(new Recorder("tiny"));

    /** One thread, so that a failure can be run again: who gives and who turns is chosen by a seed. */
    @Test
    void any_history_of_two_workers_agrees_with_two_queues() {
        SeededRandomness random = new SeededRandomness(5);
        List<Queue<Integer>> expected = List.of(new ArrayDeque<>(), new ArrayDeque<>());
        List<Queue<Integer>> done = List.of(new ArrayDeque<>(), new ArrayDeque<>());
        try (Stepped server = Stepped.of(new Recorder("tiny")).start("tiny.listen = 7\nworkers = 2")) {
            server.settle();
            int given = 0;
            for (int step = 0; step < 100_000; step++) {
                int which = random.nextInt(2);
                Worker worker = server.server().workers().get(which);
                if (random.nextInt(3) > 0) {
                    int number = ++given;
                    boolean passOn = random.nextInt(4) == 0;
                    expected.get(which).add(number);
                    worker.execute(() -> {
                        done.get(which).add(number);
                        if (passOn) {
                            int other = 1 - which;
                            expected.get(other).add(-number);
                            server.server()
                                    .workers()
                                    .get(other)
                                    .execute(() -> done.get(other).add(-number));
                        }
                    });
                } else {
                    worker.turn();
                    // What was queued when the turn came to its tasks has run, what those gave to others has not.
                    for (Integer number : done.get(which)) {
                        assertEquals(expected.get(which).poll(), number);
                    }
                    done.get(which).clear();
                    assertTrue(expected.get(which).isEmpty());
                }
            }
            server.settle();
            assertEquals(List.copyOf(expected.get(0)), List.copyOf(done.get(0)));
            assertEquals(List.copyOf(expected.get(1)), List.copyOf(done.get(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void no_wake_up_is_lost_between_threads(String driver) throws InterruptedException {
        TestServer server = servers.start(driver, "tiny.listen = \"127.0.0.1:0\"\nworkers = 2");
        List<Worker> workers = server.server().workers();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        CountDownLatch left = new CountDownLatch(PRODUCERS * TASKS);
        List<Thread> producers = new ArrayList<>();
        for (int p = 0; p < PRODUCERS; p++) {
            Worker target = workers.get(p % workers.size());
            int[] last = {-1};
            Thread producer = new Thread(() -> produce(target, last, left, wrong));
            producers.add(producer);
            producer.start();
        }
        // A worker whose wake-up was lost has nothing else to wake up for.
        assertTrue(left.await(60, TimeUnit.SECONDS), () -> left.getCount() + " tasks were never run");
        for (Thread producer : producers) {
            producer.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
    }

    private static void produce(Worker target, int[] last, CountDownLatch left, Queue<String> wrong) {
        for (int i = 0; i < TASKS; i++) {
            int number = i;
            CountDownLatch seen = i % 50 == 0 ? new CountDownLatch(1) : null;
            target.execute(() -> {
                if (last[0] != number - 1 || !Thread.currentThread().getName().equals("worker-" + target.index())) {
                    wrong.add(Thread.currentThread().getName() + " ran " + number + " after " + last[0]);
                }
                last[0] = number;
                if (seen != null) {
                    seen.countDown();
                }
                left.countDown();
            });
            // Now and then it waits until the worker is idle again, so that the wake-up matters.
            if (seen != null) {
                await(seen, wrong);
            }
        }
    }

    private static void await(CountDownLatch seen, Queue<String> wrong) {
        try {
            if (!seen.await(60, TimeUnit.SECONDS)) {
                wrong.add("a wake-up was lost");
            }
        } catch (InterruptedException stopped) {
            wrong.add("interrupted");
        }
    }

    @Test
    void a_task_that_gives_tasks_does_not_keep_the_turn() {
        try (Stepped server = Stepped.of(new Recorder("tiny")).start("tiny.listen = 7")) {
            int[] ran = new int[1];
            Worker worker = server.worker();
            Runnable[] again = new Runnable[1];
            again[0] = () -> {
                if (++ran[0] < 10) {
                    worker.execute(again[0]);
                }
            };
            worker.execute(again[0]);
            worker.turn();
            assertEquals(1, ran[0]);
            server.settle();
            assertEquals(10, ran[0]);
            assertSame(worker, server.worker());
        }
    }
}
