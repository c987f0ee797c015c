package io.sluice.testkit.origin;

import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server behind the server under test: it listens on a free port of 127.0.0.1 and runs a {@link Script} on each
 * connection, on a thread of that connection, and records what came. It can go {@link #down} and come {@link #up} again
 * at the same port.
 *
 * <p>{@link #close} ends all threads and sockets, and throws an AssertionError if a script failed by anything else than
 * its peer's leaving.
 *
 * <p><b>Thread:</b> any.
 */
public final class Origin implements AutoCloseable {

    private final Port port;
    private final Preparing settings;
    private final List<Script> scripts;
    private final Object lock = new Object();
    private final List<Recorded> connections = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private @Nullable AutoCloseable listener;

    Origin(Port port, Preparing settings, List<Script> scripts) {
        this.port = port;
        this.settings = settings;
        this.scripts = scripts;
    }

    /** For another address, queue length or buffer sizes. */
    public static Preparing with() {
        return new Preparing();
    }

    /** The first connection gets the first script and so on; the last one serves all further ones. */
    public static Origin running(Script... perConnection) {
        return with().running(perConnection);
    }

    /** {@link Script#answering}. */
    public static Origin answering(String... responses) {
        return running(Script.answering(responses));
    }

    /** {@link Script#answeringInPieces}. */
    public static Origin answeringInPieces(int pieceBytes, String response) {
        return running(Script.answeringInPieces(pieceBytes, response));
    }

    /** {@link Script#stepping}. */
    public static Origin stepping(Steps steps, String... pieces) {
        return running(Script.stepping(steps, pieces));
    }

    /** {@link Script#stalling}. */
    public static Origin stalling() {
        return running(Script.stalling());
    }

    /** {@link Script#resetting}. */
    public static Origin resetting(int afterBytes, String response) {
        return running(Script.resetting(afterBytes, response));
    }

    /** {@link Script#closingAfter}. */
    public static Origin closingAfter(int bytes, String response) {
        return running(Script.closingAfter(bytes, response));
    }

    /** {@link Script#halfClosing}. */
    public static Origin halfClosing(String response) {
        return running(Script.halfClosing(response));
    }

    /** {@link Script#streaming}. */
    public static Origin streaming(long bodyBytes) {
        return running(Script.streaming(bodyBytes));
    }

    /** {@link Script#mirroring}. */
    public static Origin mirroring() {
        return running(Script.mirroring());
    }

    /** {@link Preparing#refusing}. With scripts it serves them after {@link #up}. */
    public static Origin refusing(Script... perConnection) {
        return with().refusing(perConnection);
    }

    /** {@link Preparing#notAccepting}. */
    public static Origin notAccepting() {
        return with().notAccepting();
    }

    public SocketAddress address() {
        return port.address();
    }

    public int port() {
        return ((InetSocketAddress) port.address()).getPort();
    }

    /** As a configuration writes it: {@code 127.0.0.1:8080}, {@code [::1]:8080}, {@code unix:/path}. */
    public String authority() {
        return switch (port.address()) {
            case UnixDomainSocketAddress unix -> "unix:" + unix.getPath();
            case InetSocketAddress inet -> {
                String host = inet.getAddress().getHostAddress();
                yield (host.contains(":") ? "[" + host + "]" : host) + ":" + inet.getPort();
            }
            case SocketAddress other -> throw new IllegalStateException("no authority for " + other);
        };
    }

    /** Listens (again). */
    public void up() {
        down();
        ServerSocketChannel socket = listen();
        synchronized (lock) {
            listener = new Accepting(socket, "origin-accept-" + authority(), this::accepted, this::failed);
        }
    }

    /** Stops to listen, so that connecting is refused, and ends all connections; the port stays this origin's. */
    public void down() {
        AutoCloseable closing;
        synchronized (lock) {
            closing = listener;
            listener = null;
        }
        try {
            if (closing != null) {
                closing.close();
                port.deleteFile();
            }
        } catch (Exception failed) {
            throw new IllegalStateException("cannot stop listening on " + authority(), failed);
        }
        for (Running one : running()) {
            one.end();
        }
    }

    /** Connections accepted so far. */
    public int accepted() {
        synchronized (lock) {
            return connections.size();
        }
    }

    /** Connections whose script has not ended. */
    public int open() {
        synchronized (lock) {
            return running.size();
        }
    }

    /** Requests read so far on all connections. */
    public int requests() {
        return connections().stream().mapToInt(Recorded::requests).sum();
    }

    /** All connections so far, in the order in which they were accepted. */
    public List<Recorded> connections() {
        synchronized (lock) {
            return List.copyOf(connections);
        }
    }

    /**
     * Waits for it to be accepted.
     *
     * @param number 0 for the first
     */
    public Recorded connection(int number) {
        awaitAccepted(number + 1);
        return connections().get(number);
    }

    public void awaitAccepted(int count) {
        Await.until(count + " connections to " + authority(), () -> accepted() >= count);
    }

    public void awaitRequests(int count) {
        Await.until(count + " requests to " + authority(), () -> requests() >= count);
    }

    /** Waits until this many connections are open, no more and no less. */
    public void awaitOpen(int count) {
        Await.until(count + " open connections to " + authority(), () -> open() == count);
    }

    @Override
    public void close() {
        down();
        try {
            port.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        synchronized (lock) {
            if (!failures.isEmpty()) {
                AssertionError error = new AssertionError("a script of the origin failed", failures.removeFirst());
                failures.forEach(error::addSuppressed);
                failures.clear();
                throw error;
            }
        }
    }

    /** Listens without a thread that accepts, and with a queue that takes no more. */
    void listenInVain() {
        ServerSocketChannel socket = listen();
        synchronized (lock) {
            listener = socket;
        }
        try {
            port.fillQueue(settings.backlog());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot fill the queue of " + authority(), failed);
        }
    }

    private ServerSocketChannel listen() {
        try {
            return port.listen(settings.backlog(), settings.receiveBufferBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot listen on " + authority(), failed);
        }
    }

    private List<Running> running() {
        synchronized (lock) {
            return List.copyOf(running);
        }
    }

    private void accepted(SocketChannel channel) throws IOException {
        if (settings.sendBufferBytes() > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, settings.sendBufferBytes());
        }
        synchronized (lock) {
            int number = connections.size();
            Recorded recorded = new Recorded(number, channel.getRemoteAddress());
            Script script = scripts.get(Math.min(number, scripts.size() - 1));
            Running one = new Running(script, channel, recorded, this::ended);
            connections.add(recorded);
            running.add(one);
            one.start("origin-" + authority() + "-" + number);
        }
    }

    private void failed(Throwable failure) {
        synchronized (lock) {
            failures.add(failure);
        }
    }

    private void ended(Running one, @Nullable Throwable failure) {
        synchronized (lock) {
            if (failure != null) {
                failures.add(failure);
            }
            running.remove(one);
            one.recorded().done();
        }
    }
}
