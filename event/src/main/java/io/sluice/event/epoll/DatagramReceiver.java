package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.connection.Address;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.Messages;
import io.sluice.event.linux.PacketInfo;
import io.sluice.event.linux.SockAddr;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams that one recvmmsg has brought: their bytes, senders and control data, in memory that all listening sockets of a worker
 * use in turn.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class DatagramReceiver {
    /** The longest datagram, and a byte more by which a longer one is known; nginx's 65,535. */
    private static final int ROOM = 65_536;

    private static final int MSG_TRUNC = 0x20;

    private final Arguments arguments;
    private final NativeAccess memory;
    private final int capacity;
    private final Messages messages;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment data;

    /** Whose headers the system has written on since they were set. */
    private int used;

    DatagramReceiver(NativeAccess memory, Arguments arguments, int capacity) {
        this.memory = memory;
        this.arguments = arguments;
        this.capacity = capacity;
        messages = new Messages(arguments.arena, capacity, capacity);
        names = arguments.arena.allocate((long) capacity * SockAddr.BYTES, Long.BYTES);
        controls = arguments.arena.allocate((long) capacity * PacketInfo.BYTES, Long.BYTES);
        data = arguments.arena.allocate((long) capacity * ROOM, Long.BYTES);
        for (int i = 0; i < capacity; i++) {
            messages.piece(i, data.address() + (long) i * ROOM, ROOM);
            messages.pieces(i, i, 1);
        }
        used = capacity;
    }

    /** @return how many have come, or {@code -errno} */
    int receive(int fd) {
        for (int i = 0; i < used; i++) {
            messages.name(i, names.address() + (long) i * SockAddr.BYTES, SockAddr.BYTES);
            messages.control(i, controls.address() + (long) i * PacketInfo.BYTES, PacketInfo.BYTES);
        }
        used = 0;
        int n;
        do {
            n = LibC.recvmmsg(arguments.errno, fd, messages.address(), capacity, 0);
        } while (n == -Errno.EINTR);
        used = Math.max(n, 0);
        return n;
    }

    int size(int datagram) {
        return messages.moved(datagram);
    }

    boolean isTruncated(int datagram) {
        return (messages.flags(datagram) & MSG_TRUNC) != 0;
    }

    /** Copies as much as there is room for. Answers how much. */
    int copy(int datagram, int from, Buf into, int bytes) {
        return memory.fill(into, data, (long) datagram * ROOM + from, bytes);
    }

    // ---- who sent it

    int family(int datagram) {
        return messages.nameBytes(datagram) < Short.BYTES ? 0 : names.get(JAVA_SHORT, name(datagram));
    }

    int nameBytes(int datagram) {
        return messages.nameBytes(datagram);
    }

    /** A word of the sender's socket address. */
    long word(int datagram, int index) {
        return names.get(JAVA_LONG, name(datagram) + (long) index * Long.BYTES);
    }

    /** The zone of an IPv6 address: the first half of its last word, of which the other half is not its own. */
    int scope(int datagram) {
        return names.get(JAVA_INT, name(datagram) + 3L * Long.BYTES);
    }

    byte nameByte(int datagram, int index) {
        return names.get(JAVA_BYTE, name(datagram) + index);
    }

    @Nullable
    Address sender(int datagram) {
        return SockAddr.get(names.asSlice(name(datagram), SockAddr.BYTES), nameBytes(datagram));
    }

    private static long name(int datagram) {
        return (long) datagram * SockAddr.BYTES;
    }

    // ---- which of our addresses it was sent to

    long toHigh(int datagram) {
        return PacketInfo.high(controls, control(datagram), messages.controlBytes(datagram));
    }

    long toLow(int datagram) {
        return PacketInfo.low(controls, control(datagram), messages.controlBytes(datagram));
    }

    private static long control(int datagram) {
        return (long) datagram * PacketInfo.BYTES;
    }
}
