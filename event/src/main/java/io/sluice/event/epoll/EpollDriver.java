package io.sluice.event.epoll;

import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.file.FileOpener;
import io.sluice.core.log.IoFault;
import io.sluice.event.linux.EpollEvent;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.spi.AcceptSource;
import io.sluice.event.spi.DatagramSource;
import io.sluice.event.spi.Driver;
import io.sluice.event.spi.DriverException;
import io.sluice.event.spi.DriverSetup;
import io.sluice.event.spi.ListenSocket;
import io.sluice.event.spi.Readiness;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One epoll of one worker, as ngx_epoll_module.c. Sockets are watched edge-triggered, listening sockets level-triggered
 * and exclusive.
 *
 * <p><b>Owns</b> the epoll, its {@link Waker} and its {@link Alarm}; sockets belong to who got them from here.
 */
final class EpollDriver implements Driver {
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    // What the bits are shifted by to become those of Readiness.
    private static final int OUT_TO_WRITE = 1;
    private static final int RDHUP_TO_PEER_CLOSED = 11;

    final Arguments arguments = new Arguments();
    final NativeAccess memory;
    final IoVectors vectors;
    private final EpollFiles files;
    private final MemorySegment results;
    private final long resultsAt;
    private final int capacity;
    private final int epoll;
    private final Waker waker;
    private final Alarm alarm;
    private final EpollConnects connects = new EpollConnects(this);
    private @Nullable DatagramSender sender;
    private @Nullable DatagramReceiver receiver;
    private boolean closed;

    EpollDriver(DriverSetup setup) {
        memory = setup.memory();
        capacity = setup.resultsPerPoll();
        vectors = new IoVectors(memory, arguments.arena);
        files = new EpollFiles(memory, arguments.arena, arguments.errno);
        results = arguments.arena.allocate((long) capacity * EpollEvent.BYTES, Long.BYTES);
        resultsAt = results.address();
        epoll = LibC.epollCreate1(arguments.errno, EPOLL_CLOEXEC);
        if (epoll < 0) {
            throw refused("epoll_create1()", epoll);
        }
        try {
            waker = new Waker(arguments, epoll);
        } catch (DriverException failure) {
            LibC.close(arguments.errno, epoll);
            throw failure;
        }
        try {
            alarm = new Alarm(arguments, epoll, setup.time());
        } catch (DriverException failure) {
            waker.close();
            LibC.close(arguments.errno, epoll);
            throw failure;
        }
    }

    @Override
    public int poll(long nanos) {
        int millis = alarm.endsIn(nanos) ? -1 : millis(nanos);
        int count = LibC.epollWait(arguments.errno, epoll, resultsAt, capacity, millis);
        if (count > 0) {
            return withoutOwn(count);
        }
        if (count == 0 || count == -Errno.EINTR) {
            return 0;
        }
        throw refused("epoll_wait()", count);
    }

    /** Rounded up, or a timer would be polled for again and again during its last millisecond. */
    static int millis(long nanos) {
        if (nanos < 0) {
            return -1;
        }
        long millis = nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1);
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /** What woke only the driver gives its place to the last result. */
    private int withoutOwn(int count) {
        int left = count;
        for (int i = 0; i < left; ) {
            long token = EpollEvent.data(results, i);
            if ((int) token >= 0) {
                i++;
                continue;
            }
            if (token == Waker.TOKEN) {
                waker.seen();
            } else {
                alarm.rang();
            }
            left--;
            EpollEvent.put(results, i, EpollEvent.events(results, left), EpollEvent.data(results, left));
        }
        return left;
    }

    @Override
    public long token(int result) {
        return EpollEvent.data(results, result);
    }

    @Override
    public int readiness(int result) {
        return readinessOf(EpollEvent.events(results, result));
    }

    /**
     * Bits of epoll as bits of {@link Readiness}. A socket that failed can be tried both ways: the operation tells what
     * it was.
     */
    static int readinessOf(int events) {
        int bits = events & EpollEvent.IN
                | (events & EpollEvent.OUT) >> OUT_TO_WRITE
                | (events & EpollEvent.RDHUP) >> RDHUP_TO_PEER_CLOSED;
        if ((events & EpollEvent.RDHUP) != 0) {
            bits |= Readiness.READ;
        }
        if ((events & (EpollEvent.ERR | EpollEvent.HUP)) != 0) {
            bits |= Readiness.READ | Readiness.WRITE | Readiness.ERROR;
        }
        return bits;
    }

    @Override
    public void wakeup() {
        waker.wake();
    }

    @Override
    public AcceptSource watch(ListenSocket socket, long token) {
        if (!(socket instanceof EpollListenSocket listening)) {
            throw new IllegalArgumentException(
                    "this driver cannot watch a " + socket.getClass().getName());
        }
        return new EpollAcceptSource(this, listening, token);
    }

    @Override
    public DatagramSource datagrams(ListenSocket socket, long token, int most, long seed) {
        if (!(socket instanceof EpollDatagramSocket listening)) {
            throw new IllegalArgumentException(
                    "this driver cannot watch a " + socket.getClass().getName());
        }
        return new EpollDatagramSource(this, listening, token, most, seed);
    }

    @Override
    public @Nullable Endpoint connect(Address to, OutgoingOptions how, long token) {
        return connects.connect(to, how, token);
    }

    @Override
    public void adopt(Endpoint endpoint) {
        if (!(endpoint instanceof EpollEndpoint own)) {
            throw new IllegalArgumentException(
                    "this driver cannot adopt a " + endpoint.getClass().getName());
        }
        own.adoptedBy(this);
    }

    @Override
    public IoFault fault() {
        return connects.fault();
    }

    @Override
    public FileOpener files() {
        return files;
    }

    /** Made when the first datagram is sent: most workers never send any. */
    DatagramSender datagramSender() {
        DatagramSender made = sender;
        if (made == null) {
            made = new DatagramSender(memory, arguments);
            sender = made;
        }
        return made;
    }

    /** Made for the first socket that listens for datagrams; those after it use the same. */
    DatagramReceiver datagramReceiver(int most) {
        DatagramReceiver made = receiver;
        if (made == null) {
            made = new DatagramReceiver(memory, arguments, most);
            receiver = made;
        }
        return made;
    }

    /** Changes what this epoll watches. Answers 0 or {@code -errno}. */
    int control(int operation, int fd, int events, long token) {
        EpollEvent.put(arguments.event, 0, events, token);
        return LibC.epollCtl(arguments.errno, epoll, operation, fd, arguments.eventAt);
    }

    /** Watches a descriptor of the driver's own, edge-triggered: each edge is a result, though nobody reads. One that is refused is closed. */
    static void watchOwn(Arguments arguments, int epoll, int fd, long token) {
        EpollEvent.put(arguments.event, 0, EpollEvent.IN | EpollEvent.ET, token);
        int result = LibC.epollCtl(arguments.errno, epoll, EpollEvent.ADD, fd, arguments.eventAt);
        if (result < 0) {
            LibC.close(arguments.errno, fd);
            throw refused("epoll_ctl()", result);
        }
    }

    static DriverException refused(String operation, int result) {
        return new DriverException(operation, Errno.fault(-result));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            waker.close();
            alarm.close();
            LibC.close(arguments.errno, epoll);
        }
    }
}
