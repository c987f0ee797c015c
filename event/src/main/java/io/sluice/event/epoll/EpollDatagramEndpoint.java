package io.sluice.event.epoll;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketType;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import java.lang.foreign.MemorySegment;

/** A datagram socket that is connected to a peer: it hears nobody else, and of a peer that is not there by the next operation. */
final class EpollDatagramEndpoint extends EpollEndpoint {
    EpollDatagramEndpoint(EpollDriver driver, int fd, Address remote) {
        super(driver, fd, remote);
    }

    @Override
    public SocketType socketType() {
        return SocketType.DATAGRAM;
    }

    @Override
    public int read(Buf into) {
        int n = super.read(into);
        return n == Io.END ? Io.EMPTY_DATAGRAM : n;
    }

    @Override
    public long readv(Chain into, long limit) {
        long n = super.readv(into, limit);
        return n == Io.END ? Io.EMPTY_DATAGRAM : n;
    }

    @Override
    public int write(Buf from) {
        if (from.size() > 0) {
            return super.write(from);
        }
        MemorySegment errno = driver().arguments.errno;
        long n;
        do {
            n = LibC.send(errno, fd(), 0, 0, Sockets.MSG_NOSIGNAL);
        } while (n == -Errno.EINTR);
        return n < 0 ? stopped(n) : 0;
    }

    @Override
    public int sendDatagrams(Chain from, long limit) {
        int n = driver().datagramSender().send(fd(), from, limit);
        return n < 0 ? stopped(n) : n;
    }

    @Override
    public boolean corks() {
        return false;
    }

    /** A datagram has no direction to end. */
    @Override
    public void shutdownOutput() {}

    @Override
    public void resetOnClose() {}
}
