package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.plugin.PassStage;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.transport.Passage;
import io.sluice.core.transport.TransportStage;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stage between the socket and the session, as one that shakes hands: what becomes of the session when its part does not end well. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StagesToPeersTest {
    private static final long SECONDS_FOR_STAGE = 5;

    private final HandShake stage = new HandShake();

    @RegisterExtension
    final TestServers servers = Streams.servers(new Plugin() {
        @Override
        public String id() {
            return "shakes-hands";
        }

        @Override
        public void configure(PluginBinder binder) {
            binder.stage(new PassStage<>("hand-shake", _ -> new Wanted(), false, _ -> stage));
        }
    });

    private record Wanted() {}

    /** What becomes of a connection. */
    private enum Part {
        DONE,
        NEVER_DONE,
        CLOSED
    }

    private static final class HandShake implements TransportStage<Wanted, Passage> {
        /** Of the first connection; it ends its part with the others at once. */
        volatile Part first = Part.DONE;

        @Override
        public long timeoutMillis(Wanted settings) {
            return SECONDS_FOR_STAGE * 1000;
        }

        @Override
        public Passage begin(Passage passage, Wanted settings) {
            Part part = first;
            first = Part.DONE;
            switch (part) {
                case DONE -> passage.done();
                case NEVER_DONE -> {}
                case CLOSED -> passage.connection().close(CloseReason.IO_ERROR);
            }
            return passage;
        }

        @Override
        public void readable(Passage passage) {}
    }

    @OnBothDrivers
    void one_that_is_not_done_in_time_is_a_peer_that_timed_out(String driver) {
        stage.first = Part.NEVER_DONE;
        Origin one = servers.closing(Origin.running(Streams.echoing(), Streams.echoing()));
        Origin two = servers.closing(Origin.running(Streams.echoing(), Streams.echoing()));
        TestServer server = servers.startWithHandClock(driver, Streams.to(one, two));
        try (RawClient client = server.client()) {
            client.send("hello");
            server.awaitOpen(2);
            server.advance(Duration.ofSeconds(SECONDS_FOR_STAGE + 1));
            assertEquals("hello", client.read(5));
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void one_that_fails_is_a_peer_that_failed(String driver) {
        stage.first = Part.CLOSED;
        Origin one = servers.closing(Origin.running(Streams.echoing(), Streams.echoing()));
        Origin two = servers.closing(Origin.running(Streams.echoing(), Streams.echoing()));
        TestServer server = servers.start(driver, Streams.to(one, two));
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send("hello").read(5));
        }
        server.awaitOpen(0);
    }
}
