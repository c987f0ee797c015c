package io.sluice.event.nio;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Io;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A stream socket as a {@link SocketChannel}. */
final class NioEndpoint extends NioSocket {
    private final SocketChannel channel;
    private boolean connecting;
    private IoFault fault = IoFault.NONE;

    /**
     * @param channel not blocking; now the endpoint's
     * @param connecting whether its connect is under way
     */
    NioEndpoint(NioDriver driver, SocketChannel channel, boolean connecting) {
        super(driver, channel);
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
            n = channel.read(driver().memory().writeView(into));
        } catch (IOException e) {
            return failed(e);
        }
        if (n > 0) {
            driver().memory().filled(into, n);
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
            n = driver().scatter().read(channel, into, limit);
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
            int n = channel.write(driver().memory().readView(from));
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
            long n = driver().gather().write(channel, from, limit);
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
    int wanted(boolean write) {
        return connecting ? SelectionKey.OP_CONNECT : super.wanted(write);
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
    public @Nullable Address remoteAddress() {
        try {
            return NioAddress.fromJdk(channel.getRemoteAddress());
        } catch (IOException closed) {
            return null;
        }
    }

    private int failed(IOException e) {
        // A connect that failed has closed the channel; how it failed says more than that it is closed.
        if (fault == IoFault.NONE || !(e instanceof ClosedChannelException)) {
            fault = NioFault.of(e);
        }
        return Io.ERROR;
    }
}
