package io.sluice.event.nio;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.SocketOption;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** A channel that is watched by a driver, and may move to another one: what is the same for streams and datagrams. */
abstract class NioSocket extends Endpoint {
    private final SelectableChannel watched;
    private final NetworkChannel socket;
    private NioDriver driver;
    private @Nullable NioWatch watch;
    private boolean writeAwaited;

    /** @param channel not blocking; now the endpoint's */
    <C extends SelectableChannel & NetworkChannel> NioSocket(NioDriver driver, C channel) {
        this.driver = driver;
        this.watched = channel;
        this.socket = channel;
    }

    final NioDriver driver() {
        return driver;
    }

    /** What to watch for besides reading. */
    int wanted(boolean write) {
        return write ? SelectionKey.OP_WRITE : 0;
    }

    @Override
    public final void attach(long token, boolean write) {
        int ops = SelectionKey.OP_READ | wanted(write || writeAwaited);
        writeAwaited = false;
        NioWatch watching = watch;
        if (watching != null) {
            watching.renew(ops, token);
            return;
        }
        try {
            watch = driver.watch(watched, ops, token);
        } catch (ClosedChannelException e) {
            throw new IllegalStateException("the socket is closed", e);
        }
    }

    @Override
    public final boolean attached() {
        return watch != null;
    }

    @Override
    public final void detach() {
        NioWatch former = watch;
        if (former != null) {
            watch = null;
            former.end();
        }
    }

    /** Makes it another driver's, whose memory and selector it uses from now on. */
    final void adoptedBy(NioDriver other) {
        if (watch != null) {
            throw new IllegalStateException("the socket is still attached");
        }
        driver = other;
    }

    @Override
    public final void awaitRead() {
        NioWatch watching = watch;
        if (watching != null) {
            watching.awaitRead();
        }
    }

    /** Before attach it is only noted down. */
    @Override
    public final void awaitWrite() {
        NioWatch watching = watch;
        if (watching == null) {
            writeAwaited = true;
        } else {
            watching.awaitWrite();
        }
    }

    /** A connect has not ended yet, though something was reported. */
    final void awaitConnect() {
        NioWatch watching = watch;
        if (watching != null) {
            watching.awaitConnect();
        }
    }

    @Override
    public final boolean option(SocketOption option, int value) {
        return NioOption.set(socket, option, value);
    }

    @Override
    public final @Nullable Address localAddress() {
        try {
            return NioAddress.fromJdk(socket.getLocalAddress());
        } catch (IOException closed) {
            return null;
        }
    }

    /**
     * The JDK ends our stream here, but gives the descriptor back only when the selector has let go of the key, which the next select
     * does before it waits.
     */
    @Override
    public final void close() {
        detach();
        NioChannels.close(watched);
    }
}
