package io.sluice.http;

import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import java.time.Duration;

/** Ends a server gently. */
final class Stopping {
    private Stopping() {}

    /** As the signal QUIT does. */
    static void quit(TestServer server) {
        server.server().quit();
    }

    static void awaitEnd(TestServer server) {
        Await.until("the end of the server", () -> hasEnded(server));
    }

    private static boolean hasEnded(TestServer server) {
        try {
            return server.server().await(Duration.ofMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
