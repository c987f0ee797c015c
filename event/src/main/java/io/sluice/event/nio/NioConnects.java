package io.sluice.event.nio;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.KeepaliveProbes;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.LocalPorts;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Opens channels and begins to connect them: buffers and probes, our own address, the other's.
 *
 * <p><b>Thread:</b> the driver's worker.
 */
final class NioConnects extends LocalPorts<NioSocket> {
    private final NioDriver driver;
    private IoFault fault = IoFault.NONE;
    private boolean portTaken;

    NioConnects(NioDriver driver) {
        this.driver = driver;
    }

    /** Why the last connect answered null. */
    IoFault fault() {
        return fault;
    }

    @Override
    protected boolean isPortTaken() {
        return portTaken;
    }

    @Override
    protected void allTaken() {
        fault = IoFault.ADDRESS_IN_USE;
    }

    @Override
    protected @Nullable NioSocket from(@Nullable Address local, Address to, OutgoingOptions how, long token) {
        portTaken = false;
        NetworkChannel channel = null;
        try {
            NioSocket endpoint;
            if (how.type() == SocketType.DATAGRAM) {
                DatagramChannel datagrams = DatagramChannel.open(NioAddress.family(to));
                channel = datagrams;
                datagrams.configureBlocking(false);
                dress(datagrams, how);
                bind(datagrams, local, how);
                datagrams.connect(NioAddress.toJdk(to));
                endpoint = new NioDatagramEndpoint(driver, datagrams);
            } else {
                SocketChannel stream = SocketChannel.open(NioAddress.family(to));
                channel = stream;
                stream.configureBlocking(false);
                dress(stream, how);
                probe(stream, how.keepalive());
                bind(stream, local, how);
                endpoint = new NioEndpoint(driver, stream, !connect(stream, to));
            }
            endpoint.attach(token, true);
            return endpoint;
        } catch (IOException e) {
            fault = NioFault.of(e);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            // No such family on this machine, or an address that the JDK cannot express.
            fault = IoFault.INVALID;
        }
        if (channel != null) {
            NioChannels.close(channel);
        }
        return null;
    }

    /** Before the connect, which announces the size of the receive buffer. */
    private static void dress(NetworkChannel channel, OutgoingOptions how) {
        if (how.receiveBufferBytes() > 0) {
            NioOption.set(channel, SocketOption.RECEIVE_BUFFER, how.receiveBufferBytes());
        }
        if (how.sendBufferBytes() > 0) {
            NioOption.set(channel, SocketOption.SEND_BUFFER, how.sendBufferBytes());
        }
    }

    /** Sets how the system probes a silent connection. A refusal is no reason to lose it. */
    static void probe(SocketChannel channel, @Nullable KeepaliveProbes keepalive) {
        if (keepalive != null) {
            NioOption.set(channel, SocketOption.KEEPALIVE, keepalive.on() ? 1 : 0);
            setIfGiven(channel, SocketOption.KEEPALIVE_IDLE_SECONDS, keepalive.idleSeconds());
            setIfGiven(channel, SocketOption.KEEPALIVE_INTERVAL_SECONDS, keepalive.intervalSeconds());
            setIfGiven(channel, SocketOption.KEEPALIVE_PROBES, keepalive.probes());
        }
    }

    private static void setIfGiven(SocketChannel channel, SocketOption option, int value) {
        if (value > 0) {
            NioOption.set(channel, option, value);
        }
    }

    private void bind(NetworkChannel channel, @Nullable Address local, OutgoingOptions how) throws IOException {
        if (local == null) {
            return;
        }
        // Of a range each datagram socket gets a port of its own: two of one port would take each other's answers.
        boolean ownPort = how.type() == SocketType.DATAGRAM && how.localPorts() > 0;
        if (local.port() != 0 && !ownPort) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        try {
            channel.bind(NioAddress.toJdk(local));
        } catch (IOException refused) {
            portTaken = NioFault.of(refused) == IoFault.ADDRESS_IN_USE;
            throw refused;
        }
    }

    private boolean connect(SocketChannel channel, Address to) throws IOException {
        try {
            return channel.connect(NioAddress.toJdk(to));
        } catch (IOException refused) {
            // The port serves a connection to the same peer already.
            portTaken = NioFault.of(refused) == IoFault.ADDRESS_NOT_AVAILABLE;
            throw refused;
        }
    }
}
