package io.sluice.event.nio;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;

/** A {@link ServerSocketChannel} with the options that the JDK sets only on accepted sockets. */
final class NioListenSocket implements ListenSocket {
    private final ServerSocketChannel channel;
    private final Address address;
    private final ListenOptions options;

    private NioListenSocket(ServerSocketChannel channel, Address address, ListenOptions options) {
        this.channel = channel;
        this.address = address;
        this.options = options;
    }

    static NioListenSocket open(Listening listening) throws ListenException {
        Address address = listening.address();
        ListenOptions options = listening.options();
        ServerSocketChannel channel = socket(address);
        try {
            channel.configureBlocking(false);
            if (options.receiveBufferBytes() > 0) {
                // Before bind: what a connection may announce is settled when it is queued.
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
            }
            if (options.reusePort()) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            bind(channel, address, options);
            if (address.isUnix()) {
                UnixFile.allow(NioAddress.path(address), options.fileMode());
            }
            Address bound = NioAddress.fromJdk(channel.getLocalAddress());
            return new NioListenSocket(channel, bound == null ? address : bound, options);
        } catch (IOException e) {
            NioChannels.close(channel);
            throw new ListenException("bind() to " + address, NioFault.of(e));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            NioChannels.close(channel);
            throw new ListenException("bind() to " + address, IoFault.INVALID);
        }
    }

    private static ServerSocketChannel socket(Address address) throws ListenException {
        try {
            return ServerSocketChannel.open(NioAddress.family(address));
        } catch (IOException e) {
            throw new ListenException("socket() for " + address, NioFault.of(e));
        } catch (UnsupportedOperationException e) {
            throw new ListenException("socket() for " + address, IoFault.INVALID);
        }
    }

    private static void bind(ServerSocketChannel channel, Address address, ListenOptions options) throws IOException {
        try {
            channel.bind(NioAddress.toJdk(address), options.backlog());
        } catch (IOException refused) {
            boolean inUse = address.isUnix() && NioFault.of(refused) == IoFault.ADDRESS_IN_USE;
            if (!inUse || !UnixFile.leftoverRemoved(NioAddress.path(address))) {
                throw refused;
            }
            channel.bind(NioAddress.toJdk(address), options.backlog());
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** The JDK opens an IPv6 wildcard for IPv4 as well and has no option against it: such clients are turned away when accepted. */
    boolean isFor(SocketChannel accepted) throws IOException {
        if (!options.ipv6Only() || address.family() != Address.Family.INET6) {
            return true;
        }
        return accepted.getRemoteAddress() instanceof InetSocketAddress remote
                && remote.getAddress() instanceof Inet6Address;
    }

    /** Sets what an accepted socket has not inherited. A refusal is no reason to lose the connection. */
    void dress(SocketChannel accepted) {
        if (options.sendBufferBytes() > 0) {
            NioOption.set(accepted, SocketOption.SEND_BUFFER, options.sendBufferBytes());
        }
        NioConnects.probe(accepted, options.keepalive());
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public void close() {
        NioChannels.close(channel);
        if (address.family() == Address.Family.UNIX) {
            try {
                Files.deleteIfExists(NioAddress.path(address));
            } catch (IOException stays) {
                // Who listens there next will be told that the address is in use.
            }
        }
    }
}
