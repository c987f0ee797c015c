package io.sluice.testkit.origin;

import io.sluice.testkit.wire.Deadline;
import io.sluice.testkit.wire.EndedException;
import io.sluice.testkit.wire.Wire;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A script at work on its connection, and its thread. */
final class Running {

    private static final long INTERRUPT_AGAIN_MILLIS = 50;

    interface Listener {
        void ended(Running one, @Nullable Throwable failure);
    }

    private final Script script;
    private final SocketChannel channel;
    private final Recorded recorded;
    private final Listener listener;
    private @Nullable Thread thread;

    Running(Script script, SocketChannel channel, Recorded recorded, Listener listener) {
        this.script = script;
        this.channel = channel;
        this.recorded = recorded;
        this.listener = listener;
    }

    Recorded recorded() {
        return recorded;
    }

    void start(String name) {
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Interrupts until the thread is gone: a script may have swallowed the first interrupt. */
    void end() {
        Thread ending = thread;
        if (ending == null) {
            return;
        }
        Deadline deadline = Deadline.in(Deadline.USUAL);
        try {
            while (ending.isAlive()) {
                if (deadline.hasPassed()) {
                    throw new AssertionError("a script of the origin does not end: " + ending.getName());
                }
                ending.interrupt();
                ending.join(INTERRUPT_AGAIN_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Throwable failure = null;
        try (channel) {
            serve();
        } catch (EndedException peerLeft) {
            recorded.ended(peerLeft.ending());
        } catch (InterruptedException | InterruptedIOException | ClosedChannelException ended) {
            // by the origin's close, or because the script closed its own session
        } catch (Throwable failed) {
            failure = failed;
        }
        listener.ended(this, failure);
    }

    private void serve() throws Exception {
        try (Wire wire = new Wire(channel, recorded.tap())) {
            script.run(new Session(wire, recorded));
        }
    }
}
