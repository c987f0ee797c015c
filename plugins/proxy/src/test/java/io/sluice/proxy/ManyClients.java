package io.sluice.proxy;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Clients that ask again and again at once, each on a connection of its own, and keep what was no good answer. */
final class ManyClients implements AutoCloseable {
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /**
     * Starts them.
     *
     * @param times how often each asks; until {@link #close} if 0
     */
    static ManyClients ask(TestServer server, int count, int times) {
        ManyClients clients = new ManyClients();
        for (int i = 0; i < count; i++) {
            clients.threads.add(Thread.ofVirtual().start(() -> clients.ask(server, times)));
        }
        return clients;
    }

    private void ask(TestServer server, int times) {
        try (RawClient client = server.client()) {
            for (int i = 0; !ended && (times == 0 || i < times); i++) {
                Response response = client.send(Proxies.get("/")).response();
                if (response.status() == 200 && response.text().equals("ok")) {
                    answered.incrementAndGet();
                } else {
                    wrong.add(response.status() + " " + response.text());
                }
            }
        } catch (RuntimeException | AssertionError failed) {
            wrong.add(failed.toString());
        }
    }

    int answered() {
        return answered.get();
    }

    /** What was not 200 with the text ok. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    void await(String what, BooleanSupplier condition) {
        Await.until(what, () -> !wrong.isEmpty() || condition.getAsBoolean());
    }

    void join() {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        join();
    }
}
