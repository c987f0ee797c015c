package io.sluice.event.epoll;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.connection.Endpoint;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.Messages;
import io.sluice.event.linux.PacketInfo;
import io.sluice.event.linux.SockAddr;
import java.lang.foreign.MemorySegment;

/**
 * Sends the datagrams of a chain with one sendmmsg, whose arguments are filled anew for each call.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class DatagramSender {
    /** Datagrams of one call at most. */
    static final int BATCH = 32;

    /** Pieces of all of them together. */
    private static final int PIECES = 256;

    private final NativeAccess memory;
    private final Arguments arguments;
    private final Messages messages;
    private final MemorySegment name;
    private final MemorySegment control;
    private int nameBytes;
    private int controlBytes;

    DatagramSender(NativeAccess memory, Arguments arguments) {
        this.memory = memory;
        this.arguments = arguments;
        this.messages = new Messages(arguments.arena, BATCH, PIECES);
        this.name = arguments.arena.allocate(SockAddr.BYTES, Long.BYTES);
        this.control = arguments.arena.allocate(PacketInfo.BYTES, Long.BYTES);
    }

    /** Where the socket address of whom it is for is written, before {@link #addressed}. */
    MemorySegment name() {
        return name;
    }

    /** Where it is written which of our addresses it comes from, before {@link #addressed}. */
    MemorySegment control() {
        return control;
    }

    /** What was written there is for the next send only; without it that goes to whom the socket is connected to. */
    void addressed(int nameLength, int controlLength) {
        nameBytes = nameLength;
        controlBytes = controlLength;
    }

    /** Sends all of a Buf as one datagram. Answers how many were sent, or {@code -errno}. */
    int send(int fd, Buf from) {
        long size = from.size();
        if (size > 0) {
            messages.piece(0, memory.readAddress(from), size);
        }
        messages.pieces(0, 0, size > 0 ? 1 : 0);
        return send(fd, 1);
    }

    /**
     * Sends whole datagrams, each up to a flush or last mark, until so many bytes are reached.
     *
     * @return how many were sent, or {@code -errno}
     */
    int send(int fd, Chain from, long limit) {
        int count = fill(from, limit);
        if (count == 0) {
            // One alone has more pieces than the system takes.
            addressed(0, 0);
            return -Errno.EMSGSIZE;
        }
        return send(fd, count);
    }

    private int send(int fd, int count) {
        for (int i = 0; i < count; i++) {
            messages.name(i, nameBytes == 0 ? 0 : name.address(), nameBytes);
            messages.control(i, controlBytes == 0 ? 0 : control.address(), controlBytes);
        }
        addressed(0, 0);
        int n;
        do {
            n = LibC.sendmmsg(arguments.errno, fd, messages.address(), count, Sockets.MSG_NOSIGNAL);
        } while (n == -Errno.EINTR);
        return n;
    }

    private int fill(Chain from, long limit) {
        int count = 0;
        int pieces = 0;
        int firstPiece = 0;
        long bytes = 0;
        for (Chain link = from; link != null && count < BATCH && bytes < limit; link = link.next()) {
            Buf buf = link.buf();
            long size = buf.size();
            if (size > 0) {
                if (pieces == PIECES || pieces - firstPiece == Endpoint.GATHER) {
                    break;
                }
                messages.piece(pieces++, memory.readAddress(buf), size);
                bytes += size;
            }
            if (buf.flush() || buf.lastBuf()) {
                messages.pieces(count++, firstPiece, pieces - firstPiece);
                firstPiece = pieces;
            }
        }
        return count;
    }
}
