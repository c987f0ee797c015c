package io.sluice.testkit.origin;

import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** A listening socket and the thread that accepts from it. */
final class Accepting implements AutoCloseable {

    interface Accepted {

        /** Takes the channel. */
        void accepted(SocketChannel channel) throws IOException;
    }

    private final ServerSocketChannel socket;
    private final Accepted taker;
    private final Consumer<IOException> failed;
    private final Thread thread;

    Accepting(ServerSocketChannel socket, String name, Accepted taker, Consumer<IOException> failed) {
        this.socket = socket;
        this.taker = taker;
        this.failed = failed;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::acceptAll);
    }

    /**
     * Returns when connecting is refused: while a thread is inside accept() the kernel keeps a closed listener and lets
     * clients connect, so the thread is waited for. Nothing is accepted after that.
     */
    @Override
    public void close() throws IOException {
        socket.close();
        Await.until("the end of " + thread.getName(), () -> !thread.isAlive());
    }

    private void acceptAll() {
        try {
            while (true) {
                taker.accepted(socket.accept());
            }
        } catch (ClosedChannelException closed) {
            // the way to end this thread
        } catch (IOException failure) {
            failed.accept(failure);
        }
    }
}
