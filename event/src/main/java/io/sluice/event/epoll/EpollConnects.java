package io.sluice.event.epoll;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.IoFault;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.SockAddr;
import io.sluice.event.spi.LocalPorts;
import org.jspecify.annotations.Nullable;

/**
 * Opens sockets and begins to connect them, in the order of ngx_event_connect_peer: buffers and probes, our own address, the other's.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class EpollConnects extends LocalPorts<EpollEndpoint> {
    private final EpollDriver driver;
    private final Arguments arguments;
    private int lastError;
    private boolean portTaken;

    EpollConnects(EpollDriver driver) {
        this.driver = driver;
        this.arguments = driver.arguments;
    }

    /** Why the last connect answered null. */
    IoFault fault() {
        return Errno.fault(lastError);
    }

    @Override
    protected boolean isPortTaken() {
        return portTaken;
    }

    @Override
    protected void allTaken() {
        lastError = Errno.EADDRINUSE;
    }

    @Override
    protected @Nullable EpollEndpoint from(@Nullable Address local, Address to, OutgoingOptions how, long token) {
        portTaken = false;
        boolean datagrams = how.type() == SocketType.DATAGRAM;
        int type =
                (datagrams ? Sockets.SOCK_DGRAM : Sockets.SOCK_STREAM) | Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;
        int fd = LibC.socket(arguments.errno, SockAddr.family(to), type, 0);
        if (fd < 0) {
            lastError = -fd;
            return null;
        }
        EpollEndpoint endpoint =
                datagrams ? new EpollDatagramEndpoint(driver, fd, to) : new EpollEndpoint(driver, fd, to);
        dress(fd, to, how);
        int result = local == null ? 0 : bind(fd, local, how);
        if (result == 0) {
            result = connect(fd, to);
            // The port serves a connection to the same peer already.
            portTaken |= result == -Errno.EADDRNOTAVAIL;
        }
        // After the connect: if that fails at once, this call is saved.
        if (result == 0) {
            result = endpoint.register(token, true);
        }
        if (result < 0) {
            lastError = -result;
            endpoint.close();
            return null;
        }
        return endpoint;
    }

    /** Before the connect, which announces the size of the receive buffer. A refusal is not fatal, as in nginx. */
    private void dress(int fd, Address to, OutgoingOptions how) {
        if (how.receiveBufferBytes() > 0) {
            arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUF, how.receiveBufferBytes());
        }
        if (how.sendBufferBytes() > 0) {
            arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, how.sendBufferBytes());
        }
        if (how.type() == SocketType.STREAM && !to.isUnix()) {
            ProbeOptions.set(arguments, fd, how.keepalive());
        }
    }

    private int bind(int fd, Address local, OutgoingOptions how) {
        if (how.transparent() && !local.isUnix()) {
            int refused = makeTransparent(arguments, fd, local.family());
            if (refused < 0) {
                return refused;
            }
        }
        if (!local.isUnix()) {
            share(fd, local, how);
        }
        int length = SockAddr.put(local, arguments.sockAddr);
        int result = length == 0 ? -Errno.EINVAL : LibC.bind(arguments.errno, fd, arguments.sockAddrAt, length);
        portTaken = result == -Errno.EADDRINUSE;
        return result;
    }

    /** Lets one port serve many peers. */
    private void share(int fd, Address local, OutgoingOptions how) {
        if (local.port() == 0) {
            // The system chooses the port not before the connect. Linux before 4.2 has no such option, and then a port
            // is taken now.
            arguments.setOption(fd, Sockets.SOL_IP, Sockets.IP_BIND_ADDRESS_NO_PORT, 1);
        } else if (how.type() == SocketType.STREAM || how.localPorts() == 0) {
            // Of a range each datagram socket gets a port of its own: two of one port would take each other's answers.
            arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_REUSEADDR, 1);
        }
    }

    /** @return 0 or {@code -errno} */
    static int makeTransparent(Arguments arguments, int fd, Address.Family family) {
        return family == Address.Family.INET6
                ? arguments.setOption(fd, Sockets.SOL_IPV6, Sockets.IPV6_TRANSPARENT, 1)
                : arguments.setOption(fd, Sockets.SOL_IP, Sockets.IP_TRANSPARENT, 1);
    }

    /** 0 if connected or on the way. */
    private int connect(int fd, Address to) {
        int length = SockAddr.put(to, arguments.sockAddr);
        int result = length == 0 ? -Errno.EINVAL : LibC.connect(arguments.errno, fd, arguments.sockAddrAt, length);
        if (result == -Errno.EINPROGRESS || result == -Errno.EINTR) {
            return 0;
        }
        // A unix socket says so if its queue is full, and will not tell when it no longer is.
        return result == -Errno.EAGAIN ? -Errno.ECONNREFUSED : result;
    }
}
