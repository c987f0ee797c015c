package io.sluice.event.nio;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.HeldSocket;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * A {@link DatagramChannel} that listens, by which its sessions send.
 *
 * <p><b>Thread:</b> the one that starts and stops the server.
 */
final class NioDatagramSocket extends HeldSocket {
    private final DatagramChannel channel;
    private final Address address;
    private final ListenOptions options;

    private NioDatagramSocket(DatagramChannel channel, Address address, ListenOptions options) {
        this.channel = channel;
        this.address = address;
        this.options = options;
    }

    /** Refused if anybody else has the address, also another server of ours: of two of them each would get half of the clients. */
    static NioDatagramSocket open(Address address, ListenOptions options) throws ListenException {
        return open(address, options, false);
    }

    @Override
    public ListenSocket sibling() throws ListenException {
        return open(address, options, true);
    }

    private static NioDatagramSocket open(Address address, ListenOptions options, boolean beside)
            throws ListenException {
        DatagramChannel channel = channel(address);
        try {
            channel.configureBlocking(false);
            if (options.receiveBufferBytes() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
            }
            if (options.sendBufferBytes() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
            }
            if (beside) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(NioAddress.toJdk(address));
            if (!beside && options.reusePort() && hasReusePort(channel)) {
                // Not before it is bound: the system then refuses an address that others share among themselves.
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            Address bound = NioAddress.fromJdk(channel.getLocalAddress());
            return new NioDatagramSocket(channel, bound == null ? address : bound, options);
        } catch (IOException e) {
            NioChannels.close(channel);
            throw new ListenException("bind() to " + address, NioFault.of(e));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            NioChannels.close(channel);
            throw new ListenException("bind() to " + address, IoFault.INVALID);
        }
    }

    private static boolean hasReusePort(DatagramChannel channel) {
        return channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    }

    private static DatagramChannel channel(Address address) throws ListenException {
        try {
            return DatagramChannel.open(NioAddress.family(address));
        } catch (IOException e) {
            throw new ListenException("socket() for " + address, NioFault.of(e));
        } catch (UnsupportedOperationException e) {
            throw new ListenException("socket() for " + address, IoFault.INVALID);
        }
    }

    boolean isForIpv6Only() {
        return options.ipv6Only() && address.family() == Address.Family.INET6;
    }

    DatagramChannel channel() {
        return channel;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    protected void free() {
        NioChannels.close(channel);
    }
}
