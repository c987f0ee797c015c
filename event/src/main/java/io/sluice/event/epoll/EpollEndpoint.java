package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.log.IoFault;
import io.sluice.event.linux.EpollEvent;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.SockAddr;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A connected stream socket, and what epoll was asked about it. It is registered once for reading, edge-triggered;
 * writing is added the first time somebody waits for it and then stays, because an edge that nobody waits for costs
 * less than a call to take it off.
 */
class EpollEndpoint extends Endpoint {
    /** As NGX_SENDFILE_MAXSIZE: what Linux moves with one call. */
    private static final long SENDFILE_BYTES = Integer.MAX_VALUE - 4095L;

    private static final int READING = EpollEvent.IN | EpollEvent.RDHUP | EpollEvent.ET;
    private static final int NOT_WATCHED = 0;

    private EpollDriver driver;
    private int fd;
    private int lastError;

    /** What epoll was asked for; {@link #NOT_WATCHED} before attach and after detach. */
    private int watched;

    private boolean writeAwaited;
    private boolean hasRead;
    private long token;

    /** The other side's address; of a client by IPv4 made from {@code peerHead} when asked for. */
    private @Nullable Address remote;

    /** Family, port and IPv4 address as they lie in sockaddr_in: eight bytes, as ten thousand clients may be idle. */
    private final long peerHead;

    /** A socket that connects. */
    EpollEndpoint(EpollDriver driver, int fd, Address remote) {
        this.driver = driver;
        this.fd = fd;
        this.remote = remote;
        peerHead = 0;
    }

    /** A socket that was accepted. Most addresses are never asked for as a value. */
    EpollEndpoint(EpollDriver driver, int fd, MemorySegment peer) {
        this.driver = driver;
        this.fd = fd;
        peerHead = peer.get(JAVA_LONG, 0);
        if (peer.get(JAVA_SHORT, 0) == SockAddr.AF_INET6) {
            remote = SockAddr.get(peer, SockAddr.BYTES);
        }
    }

    final int fd() {
        return fd;
    }

    final EpollDriver driver() {
        return driver;
    }

    // ---- moving bytes

    @Override
    public int read(Buf into) {
        EpollDriver with = driver;
        long n;
        do {
            n = LibC.recv(with.arguments.errno, fd, with.memory.writeAddress(into), into.room(), 0);
        } while (n == -Errno.EINTR);
        if (n < 0) {
            return stopped(n);
        }
        with.memory.filled(into, (int) n);
        hasRead |= n > 0;
        return (int) n;
    }

    @Override
    public long readv(Chain into, long limit) {
        EpollDriver with = driver;
        MemorySegment errno = with.arguments.errno;
        IoVectors vectors = with.vectors;
        int count = vectors.free(into, limit);
        long n;
        do {
            n = count == 1
                    ? LibC.recv(errno, fd, vectors.firstAddress(), vectors.firstLength(), 0)
                    : LibC.readv(errno, fd, vectors.address, count);
        } while (n == -Errno.EINTR);
        if (n < 0) {
            return stopped(n);
        }
        vectors.filled(into, n);
        hasRead |= n > 0;
        return n;
    }

    @Override
    public boolean hasRead() {
        return hasRead;
    }

    @Override
    public int write(Buf from) {
        EpollDriver with = driver;
        long n;
        do {
            n = LibC.send(with.arguments.errno, fd, with.memory.readAddress(from), from.size(), Sockets.MSG_NOSIGNAL);
        } while (n == -Errno.EINTR);
        return n < 0 ? stopped(n) : (int) n;
    }

    @Override
    public long writev(Chain from, long limit) {
        EpollDriver with = driver;
        MemorySegment errno = with.arguments.errno;
        IoVectors vectors = with.vectors;
        int count = vectors.unread(from, limit);
        long n;
        do {
            n = count == 1
                    ? LibC.send(errno, fd, vectors.firstAddress(), vectors.firstLength(), Sockets.MSG_NOSIGNAL)
                    : LibC.writev(errno, fd, vectors.address, count);
        } while (n == -Errno.EINTR);
        return n < 0 ? stopped(n) : n;
    }

    @Override
    public boolean takesMore() {
        return true;
    }

    @Override
    public long writevMore(Chain from, long limit) {
        EpollDriver with = driver;
        MemorySegment errno = with.arguments.errno;
        IoVectors vectors = with.vectors;
        int count = vectors.unread(from, limit);
        int flags = Sockets.MSG_NOSIGNAL | Sockets.MSG_MORE;
        long n;
        do {
            n = count == 1
                    ? LibC.send(errno, fd, vectors.firstAddress(), vectors.firstLength(), flags)
                    : LibC.sendmsg(errno, fd, vectors.message(count), flags);
        } while (n == -Errno.EINTR);
        return n < 0 ? stopped(n) : n;
    }

    @Override
    public long sendFile(Buf from, long limit) {
        if (!(from.file() instanceof EpollFile file)) {
            throw new IllegalArgumentException("the file was opened by another driver");
        }
        Arguments arguments = driver.arguments;
        long bytes = Math.min(Math.min(from.size(), limit), SENDFILE_BYTES);
        long n;
        do {
            arguments.value.set(JAVA_LONG, 0, from.filePos());
            n = LibC.sendfile(arguments.errno, fd, file.fd(), arguments.valueAt, bytes);
        } while (n == -Errno.EINTR);
        // Nothing moved means the end of the file, before the end of the range: Io.END is 0.
        return n < 0 ? stopped(n) : n;
    }

    /** Notes why an operation moved nothing. Answers what the operation answers. */
    final int stopped(long result) {
        if (result == -Errno.EAGAIN) {
            return Io.AGAIN;
        }
        lastError = (int) -result;
        return Io.ERROR;
    }

    @Override
    public IoFault fault() {
        return Errno.fault(lastError);
    }

    @Override
    public IoFault connectResult() {
        // The system tells an error once.
        if (lastError == 0) {
            lastError = Math.abs(driver.arguments.takeError(fd));
        }
        return Errno.fault(lastError);
    }

    // ---- readiness

    @Override
    public void attach(long withToken, boolean write) {
        int result = register(withToken, write);
        if (result < 0) {
            throw new IllegalStateException(EpollDriver.refused("epoll_ctl()", result));
        }
    }

    /** As {@link #attach}, but answers 0 or {@code -errno}. */
    int register(long withToken, boolean write) {
        token = withToken;
        int events = write || writeAwaited ? READING | EpollEvent.OUT : READING;
        int operation = watched == NOT_WATCHED ? EpollEvent.ADD : EpollEvent.MODIFY;
        int result = driver.control(operation, fd, events, token);
        if (result == 0) {
            watched = events;
        }
        return result;
    }

    @Override
    public boolean attached() {
        return watched != NOT_WATCHED;
    }

    @Override
    public void detach() {
        if (watched != NOT_WATCHED) {
            driver.control(EpollEvent.DELETE, fd, 0, 0);
            watched = NOT_WATCHED;
        }
    }

    void adoptedBy(EpollDriver owner) {
        if (attached()) {
            throw new IllegalStateException("the socket is still attached to its former driver");
        }
        driver = owner;
    }

    /** Reading is watched from attach on. */
    @Override
    public void awaitRead() {}

    /** Before attach it is only noted down: attach asks for both then. */
    @Override
    public void awaitWrite() {
        writeAwaited = true;
        if (watched == READING) {
            attach(token, true);
        }
    }

    // ---- the socket

    @Override
    public void shutdownOutput() {
        LibC.shutdown(driver.arguments.errno, fd, Sockets.SHUT_WR);
    }

    @Override
    public void resetOnClose() {
        driver.arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_LINGER, 1, 0);
    }

    @Override
    public boolean corks() {
        return true;
    }

    @Override
    public boolean option(SocketOption option, int value) {
        return driver.arguments.setOption(fd, Sockets.level(option), Sockets.name(option), value) == 0;
    }

    @Override
    public @Nullable Address remoteAddress() {
        Address known = remote;
        if (known == null) {
            known = acceptedFrom();
            remote = known;
        }
        return known;
    }

    /** Linux is asked only for the name of a unix socket, which is longer than what was kept. */
    private @Nullable Address acceptedFrom() {
        MemorySegment peer = driver.arguments.sockAddr;
        peer.set(JAVA_LONG, 0, peerHead);
        if (peer.get(JAVA_SHORT, 0) == SockAddr.AF_UNIX) {
            return driver.arguments.peerOf(fd);
        }
        return SockAddr.get(peer, SockAddr.BYTES);
    }

    @Override
    public @Nullable Address localAddress() {
        return driver.arguments.nameOf(fd);
    }

    /** The system forgets what it watched together with the descriptor. */
    @Override
    public void close() {
        if (fd >= 0) {
            LibC.close(driver.arguments.errno, fd);
            fd = -1;
            watched = NOT_WATCHED;
        }
    }
}
