package io.sluice.testkit.client;

import io.sluice.testkit.wire.Deadline;
import io.sluice.testkit.wire.Tap;
import io.sluice.testkit.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What may be said about a connection of a {@link RawClient} before it is made. */
public final class Connecting {

    private final SocketAddress address;
    private @Nullable SocketAddress local;
    private int receiveBufferBytes;
    private int sendBufferBytes;
    private Duration within = Deadline.USUAL;

    Connecting(SocketAddress address) {
        this.address = address;
    }

    /** Binds to this address of the machine, with port 0 to any free port of it. */
    public Connecting from(InetSocketAddress localAddress) {
        local = localAddress;
        return this;
    }

    /** Small, so that a server soon feels a client that does not read. The kernel doubles it and has a minimum. */
    public Connecting receiveBuffer(int bytes) {
        receiveBufferBytes = bytes;
        return this;
    }

    public Connecting sendBuffer(int bytes) {
        sendBufferBytes = bytes;
        return this;
    }

    /** How long each later call may wait. */
    public Connecting within(Duration limit) {
        within = limit;
        return this;
    }

    /** Connects; a refusal is an UncheckedIOException with a {@link java.net.ConnectException} as its cause. */
    public RawClient connect() {
        try {
            return open();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot connect to " + address + ": " + failed.getMessage(), failed);
        }
    }

    private RawClient open() throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        SocketChannel channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            if (receiveBufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            if (sendBufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
            }
            if (local != null) {
                channel.bind(local);
            }
            if (unix) {
                channel.connect(address);
            } else {
                channel.socket().connect(address, Math.toIntExact(within.toMillis()));
            }
            return new RawClient(new Wire(channel, Tap.NONE), within);
        } catch (ConnectException | BindException refused) {
            channel.close();
            throw refused;
        } catch (SocketException resetAtOnce) {
            channel.close();
            return new RawClient(Wire.reset(channel), within);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }
}
