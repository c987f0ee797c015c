package io.sluice.event.nio;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A stream socket as a {@link SocketChannel}. */
final class NioEndpoint extends Endpoint {
    private final SocketChannel channel;
    private NioDriver driver;
    private @Nullable NioWatch watch;
    private boolean connecting;
    private boolean writeAwaited;
    private IoFault fault = IoFault.NONE;

    /**
     * @param channel not blocking; now the endpoint's
     * @param connecting whether its connect is under way
     */
    NioEndpoint(NioDriver driver, SocketChannel channel, boolean connecting) {
        this.driver = driver;
        this.channel = channel;
        this.connecting = connecting;
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public int read(Buf into) {
        if (connecting && connectResult() != IoFault.NONE) {
            return Io.ERROR;
        }
        int n;
        try {
            n = channel.read(driver.memory().writeView(into));
        } catch (IOException e) {
            return failed(e);
        }
        if (n > 0) {
            driver.memory().filled(into, n);
            return n;
        }
        return n == 0 ? Io.AGAIN : Io.END;
    }

    @Override
    public long readv(Chain into, long limit) {
        if (connecting && connectResult() != IoFault.NONE) {
            return Io.ERROR;
        }
        long n;
        try {
            n = driver.scatter().read(channel, into, limit);
        } catch (IOException e) {
            return failed(e);
        }
        if (n > 0) {
            return n;
        }
        return n == 0 ? Io.AGAIN : Io.END;
    }

    @Override
    public int write(Buf from) {
        if (connecting && connectResult() != IoFault.NONE) {
            return Io.ERROR;
        }
        try {
            int n = channel.write(driver.memory().readView(from));
            return n == 0 ? Io.AGAIN : n;
        } catch (IOException e) {
            return failed(e);
        }
    }

    @Override
    public long writev(Chain from, long limit) {
        if (connecting && connectResult() != IoFault.NONE) {
            return Io.ERROR;
        }
        try {
            long n = driver.gather().write(channel, from, limit);
            return n == 0 ? Io.AGAIN : n;
        } catch (IOException e) {
            return failed(e);
        }
    }

    @Override
    public long sendFile(Buf from, long limit) {
        if (connecting && connectResult() != IoFault.NONE) {
            return Io.ERROR;
        }
        if (!(from.file() instanceof NioFile file)) {
            throw new IllegalArgumentException("a file that another kind of driver opened");
        }
        try {
            long n = file.transferTo(from.filePos(), Math.min(from.size(), limit), channel);
            if (n > 0) {
                return n;
            }
            return file.endsAt(from.filePos()) ? Io.END : Io.AGAIN;
        } catch (IOException e) {
            return failed(e);
        }
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    @Override
    public IoFault connectResult() {
        if (!connecting) {
            return fault;
        }
        try {
            if (channel.finishConnect()) {
                connecting = false;
                fault = IoFault.NONE;
            } else {
                fault = IoFault.NOT_CONNECTED;
                awaitConnect();
            }
        } catch (IOException e) {
            connecting = false;
            failed(e);
        }
        return fault;
    }

    @Override
    public void attach(long token, boolean write) {
        int ops = SelectionKey.OP_READ;
        if (connecting) {
            ops |= SelectionKey.OP_CONNECT;
        } else if (write || writeAwaited) {
            ops |= SelectionKey.OP_WRITE;
        }
        writeAwaited = false;
        NioWatch watching = watch;
        if (watching != null) {
            watching.renew(ops, token);
            return;
        }
        try {
            watch = driver.watch(channel, ops, token);
        } catch (ClosedChannelException e) {
            throw new IllegalStateException("the socket is closed", e);
        }
    }

    @Override
    public boolean attached() {
        return watch != null;
    }

    @Override
    public void detach() {
        NioWatch former = watch;
        if (former != null) {
            watch = null;
            former.end();
        }
    }

    /** Makes it another driver's, whose memory and selector it uses from now on. */
    void adoptedBy(NioDriver other) {
        if (watch != null) {
            throw new IllegalStateException("the socket is still attached");
        }
        driver = other;
    }

    @Override
    public void awaitRead() {
        NioWatch watching = watch;
        if (watching != null) {
            watching.awaitRead();
        }
    }

    /** Before attach it is only noted down. */
    @Override
    public void awaitWrite() {
        NioWatch watching = watch;
        if (watching == null) {
            writeAwaited = true;
        } else {
            watching.awaitWrite();
        }
    }

    private void awaitConnect() {
        NioWatch watching = watch;
        if (watching != null) {
            watching.awaitConnect();
        }
    }

    @Override
    public void shutdownOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException | NotYetConnectedException gone) {
            // The connection has failed already; the next operation tells how.
        }
    }

    @Override
    public void resetOnClose() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException | UnsupportedOperationException gone) {
            // The connection has failed already: there is nobody to be told.
        }
    }

    @Override
    public boolean option(SocketOption option, int value) {
        return NioOption.set(channel, option, value);
    }

    @Override
    public @Nullable Address remoteAddress() {
        try {
            return NioAddress.fromJdk(channel.getRemoteAddress());
        } catch (IOException closed) {
            return null;
        }
    }

    @Override
    public @Nullable Address localAddress() {
        try {
            return NioAddress.fromJdk(channel.getLocalAddress());
        } catch (IOException closed) {
            return null;
        }
    }

    /**
     * The JDK ends our stream here, but gives the descriptor back only when the selector has let go of the key, which the next select
     * does before it waits.
     */
    @Override
    public void close() {
        detach();
        NioChannels.close(channel);
    }

    private int failed(IOException e) {
        // A connect that failed has closed the channel; how it failed says more than that it is closed.
        if (fault == IoFault.NONE || !(e instanceof ClosedChannelException)) {
            fault = NioFault.of(e);
        }
        return Io.ERROR;
    }
}
