package io.sluice.event.epoll;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.ListenOptions;
import io.sluice.event.linux.LibC;
import io.sluice.event.spi.HeldSocket;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.lang.foreign.Arena;

/**
 * A listening socket for datagrams, by which its sessions send.
 *
 * <p><b>Thread:</b> the one that starts and stops the server.
 */
final class EpollDatagramSocket extends HeldSocket {
    private final Address address;
    private final ListenOptions options;
    private final int fd;

    private EpollDatagramSocket(int fd, Address address, ListenOptions options) {
        this.fd = fd;
        this.address = address;
        this.options = options;
    }

    /** Refused if anybody else has the address, also another server of ours: of two of them each would get half of the clients. */
    static EpollDatagramSocket open(Address address, ListenOptions options) throws ListenException {
        return open(address, options, false);
    }

    @Override
    public ListenSocket sibling() throws ListenException {
        return open(address, options, true);
    }

    private static EpollDatagramSocket open(Address address, ListenOptions options, boolean beside)
            throws ListenException {
        Arguments arguments = new Arguments();
        int fd = Binding.socket(arguments, address, Sockets.SOCK_DGRAM);
        boolean open = false;
        try {
            Binding.configure(arguments, fd, address, options);
            askForLocalAddress(arguments, fd, address);
            if (beside) {
                Binding.share(arguments, fd, address);
            }
            Binding.bind(arguments, fd, address, options);
            if (!beside && options.reusePort()) {
                // Not before it is bound: the system then refuses an address that others share among themselves.
                Binding.share(arguments, fd, address);
            }
            Address bound = arguments.nameOf(fd);
            open = true;
            return new EpollDatagramSocket(fd, bound == null ? address : bound, options);
        } finally {
            if (!open) {
                LibC.close(arguments.errno, fd);
            }
        }
    }

    /** On a wildcard each datagram is to tell at which of our addresses it came. */
    private static void askForLocalAddress(Arguments arguments, int fd, Address address) {
        if (address.isWildcard()) {
            if (address.family() == Address.Family.INET6) {
                arguments.setOption(fd, Sockets.SOL_IPV6, Sockets.IPV6_RECVPKTINFO, 1);
            } else {
                arguments.setOption(fd, Sockets.SOL_IP, Sockets.IP_PKTINFO, 1);
            }
        }
    }

    int fd() {
        return fd;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    protected void free() {
        try (Arena arena = Arena.ofConfined()) {
            LibC.close(LibC.errno(arena), fd);
        }
    }

    @Override
    protected void leave() {
        Binding.remove(address);
    }
}
