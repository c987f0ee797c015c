package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Io;
import io.sluice.core.log.IoFault;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.PacketInfo;
import io.sluice.event.linux.SockAddr;
import io.sluice.event.spi.SharedEndpoint;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A client that sends datagrams: its address as the system has it, and which of ours it has sent to. */
final class EpollDatagramSession extends SharedEndpoint {
    /** In the place of a datagram's number. */
    static final int NOTHING = -1;

    private final EpollDatagramSource source;
    private final int family;
    private final int nameBytes;

    /** The first three words of an internet address: family, port, address. */
    private final long first;

    private final long second;
    private final long third;
    private final int scope;

    /** The whole name of a unix socket. */
    private final byte @Nullable [] path;

    private final long toHigh;
    private final long toLow;
    private int current = NOTHING;
    private int lastError;
    private boolean released;

    EpollDatagramSession(EpollDatagramSource source, int datagram, Departure whenLeft) {
        super(whenLeft);
        this.source = source;
        DatagramReceiver from = source.received();
        family = from.family(datagram);
        nameBytes = from.nameBytes(datagram);
        boolean inet6 = family == SockAddr.AF_INET6;
        first = from.word(datagram, 0);
        second = inet6 ? from.word(datagram, 1) : 0;
        third = inet6 ? from.word(datagram, 2) : 0;
        scope = inet6 ? from.scope(datagram) : 0;
        path = family == SockAddr.AF_UNIX ? path(from, datagram) : null;
        toHigh = from.toHigh(datagram);
        toLow = from.toLow(datagram);
    }

    private static byte[] path(DatagramReceiver from, int datagram) {
        byte[] path = new byte[from.nameBytes(datagram)];
        for (int i = 0; i < path.length; i++) {
            path[i] = from.nameByte(datagram, i);
        }
        return path;
    }

    boolean isOf(DatagramReceiver from, int datagram) {
        if (from.family(datagram) != family || from.toLow(datagram) != toLow || from.toHigh(datagram) != toHigh) {
            return false;
        }
        byte[] name = path;
        if (name != null) {
            return isOf(name, from, datagram);
        }
        if (from.word(datagram, 0) != first) {
            return false;
        }
        return family != SockAddr.AF_INET6
                || from.word(datagram, 1) == second && from.word(datagram, 2) == third && from.scope(datagram) == scope;
    }

    private static boolean isOf(byte[] name, DatagramReceiver from, int datagram) {
        if (from.nameBytes(datagram) != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (from.nameByte(datagram, i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    void current(int datagram) {
        current = datagram;
    }

    // ---- moving bytes

    @Override
    public int read(Buf into) {
        int datagram = current;
        if (datagram == NOTHING) {
            return Io.AGAIN;
        }
        current = NOTHING;
        int size = source.received().size(datagram);
        return size == 0 ? Io.EMPTY_DATAGRAM : source.received().copy(datagram, 0, into, size);
    }

    @Override
    public long readv(Chain into, long limit) {
        int datagram = current;
        if (datagram == NOTHING) {
            return Io.AGAIN;
        }
        current = NOTHING;
        int size = (int) Math.min(source.received().size(datagram), limit);
        if (size == 0) {
            return Io.EMPTY_DATAGRAM;
        }
        int moved = 0;
        for (Chain link = into; link != null && moved < size; link = link.next()) {
            if (link.buf().room() > 0) {
                moved += source.received().copy(datagram, moved, link.buf(), size - moved);
            }
        }
        return moved;
    }

    @Override
    public int write(Buf from) {
        DatagramSender sender = source.driver().datagramSender();
        address(sender);
        int n = sender.send(source.socket().fd(), from);
        return n < 0 && !isLost(n) ? Io.ERROR : (int) from.size();
    }

    @Override
    public int sendDatagrams(Chain from, long limit) {
        DatagramSender sender = source.driver().datagramSender();
        address(sender);
        int n = sender.send(source.socket().fd(), from, limit);
        if (n > 0) {
            return n;
        }
        return isLost(n) ? 1 : Io.ERROR;
    }

    private void address(DatagramSender sender) {
        MemorySegment name = sender.name();
        byte[] unix = path;
        if (unix == null) {
            name.set(JAVA_LONG, 0, first);
            name.set(JAVA_LONG, Long.BYTES, second);
            name.set(JAVA_LONG, 2 * Long.BYTES, third);
            name.set(JAVA_INT, 3 * Long.BYTES, scope);
        } else {
            MemorySegment.copy(unix, 0, name, JAVA_BYTE, 0, unix.length);
        }
        int control = source.tellsDestination() ? PacketInfo.put(sender.control(), family, toHigh, toLow) : 0;
        sender.addressed(nameBytes, control);
    }

    /** The system has no room: one socket serves all clients, so nobody waits for it, and the datagram is lost as it may be anywhere. */
    private boolean isLost(int result) {
        if (result == -Errno.EAGAIN || result == -Errno.ENOBUFS) {
            source.countUnsent();
            return true;
        }
        lastError = -result;
        return false;
    }

    @Override
    public IoFault fault() {
        return Errno.fault(lastError);
    }

    // ---- who it is

    @Override
    public @Nullable Address remoteAddress() {
        if (nameBytes == 0) {
            return Address.unix(new byte[0]);
        }
        DatagramSender sender = source.driver().datagramSender();
        address(sender);
        sender.addressed(0, 0);
        return SockAddr.get(sender.name(), nameBytes);
    }

    @Override
    public @Nullable Address localAddress() {
        return source.tellsDestination()
                ? PacketInfo.address(family, toHigh, toLow, source.address().port())
                : source.address();
    }

    @Override
    protected void release() {
        if (!released) {
            released = true;
            source.socket().release();
        }
    }
}
