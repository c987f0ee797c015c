package io.sluice.event.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sluice.core.buffer.OpenFile;
import io.sluice.core.file.FileLoader;
import io.sluice.core.file.FileLoader.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoadThreadsTest {
    private final BlockingQueue<Runnable> worker = new LinkedBlockingQueue<>();
    private final List<Boolean> heard = new ArrayList<>();

    @Test
    void what_is_in_memory_already_waits_for_no_thread() {
        OpenFile file = mock(OpenFile.class);
        when(file.isLoaded(10, 20)).thenReturn(true);
        FileLoader loader = LoadThreads.by(task -> {
                    throw new AssertionError("a thread was asked");
                })
                .loaderFor(worker::add);
        assertEquals(Answer.LOADED, loader.load(file, 10, 20, heard::add));
        assertTrue(worker.isEmpty());
    }

    @Test
    void a_range_is_loaded_on_another_thread_and_told_on_the_worker() throws Exception {
        OpenFile file = mock(OpenFile.class);
        Thread[] loading = new Thread[1];
        when(file.load(10, 20)).thenAnswer(_ -> {
            loading[0] = Thread.currentThread();
            return true;
        });
        try (LoadThreads threads = LoadThreads.of(2, 10)) {
            assertEquals(Answer.COMING, threads.loaderFor(worker::add).load(file, 10, 20, heard::add));
            Runnable told = worker.take();
            assertTrue(heard.isEmpty(), "not before the worker runs it");
            told.run();
            assertEquals(List.of(true), heard);
            assertFalse(loading[0] == Thread.currentThread());
            assertTrue(loading[0].isDaemon());
            assertFalse(loading[0].isVirtual());
        }
    }

    @Test
    void who_waits_hears_also_of_a_file_that_cannot_be_read_and_of_a_failure() throws Exception {
        OpenFile unreadable = mock(OpenFile.class);
        OpenFile broken = mock(OpenFile.class);
        when(broken.load(anyLong(), anyLong())).thenThrow(new IllegalStateException("broken"));
        FileLoader loader = LoadThreads.by(task -> {
                    try {
                        task.run();
                    } catch (IllegalStateException told) {
                        assertEquals("broken", told.getMessage());
                    }
                })
                .loaderFor(worker::add);
        loader.load(unreadable, 0, 1, heard::add);
        loader.load(broken, 0, 1, heard::add);
        worker.take().run();
        worker.take().run();
        assertEquals(List.of(false, false), heard);
    }

    @Test
    void so_many_load_at_once_so_many_wait_and_the_rest_is_refused() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(2);
        OpenFile slow = mock(OpenFile.class);
        when(slow.load(anyLong(), anyLong())).thenAnswer(_ -> {
            begun.countDown();
            held.await();
            return true;
        });
        try (LoadThreads threads = LoadThreads.of(2, 3)) {
            FileLoader loader = threads.loaderFor(worker::add);
            for (int i = 0; i < 5; i++) {
                assertEquals(Answer.COMING, loader.load(slow, i, 1, heard::add));
            }
            begun.await();
            assertEquals(Answer.REFUSED, loader.load(slow, 6, 1, heard::add));
            held.countDown();
            for (int i = 0; i < 5; i++) {
                worker.take().run();
            }
            assertEquals(5, heard.size());
        }
    }

    @Test
    void a_stop_waits_for_the_reads_under_way_and_drops_what_waits() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        OpenFile slow = mock(OpenFile.class);
        when(slow.load(anyLong(), anyLong())).thenAnswer(_ -> {
            begun.countDown();
            held.await();
            return true;
        });
        LoadThreads threads = LoadThreads.of(1, 10);
        FileLoader loader = threads.loaderFor(worker::add);
        loader.load(slow, 0, 1, heard::add);
        loader.load(slow, 1, 1, heard::add);
        begun.await();
        Thread stopping = new Thread(threads::close);
        stopping.start();
        while (stopping.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        // Refused though there is room: it waits for the one that is under way.
        assertEquals(Answer.REFUSED, loader.load(slow, 2, 1, heard::add));
        held.countDown();
        stopping.join(TimeUnit.SECONDS.toMillis(30));
        assertFalse(stopping.isAlive());
        assertEquals(1, worker.size());
    }

    @Test
    void a_refusing_executor_is_a_refusal() {
        FileLoader loader = LoadThreads.by(task -> {
                    throw new RejectedExecutionException();
                })
                .loaderFor(worker::add);
        assertEquals(Answer.REFUSED, loader.load(mock(OpenFile.class), 0, 1, heard::add));
    }
}
