package io.sluice.event.epoll;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.connection.Endpoint;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.Messages;

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

    DatagramSender(NativeAccess memory, Arguments arguments) {
        this.memory = memory;
        this.arguments = arguments;
        this.messages = new Messages(arguments.arena, BATCH, PIECES);
    }

    /** To the peer that the socket is connected to. See {@link #send(int, Chain, long, long, int, long, int)}. */
    int send(int fd, Chain from, long limit) {
        return send(fd, from, limit, 0, 0, 0, 0);
    }

    /**
     * Sends whole datagrams, each up to a flush or last mark, until so many bytes are reached.
     *
     * @param name address of the peer's socket address, or 0
     * @param control address of the control data that names our own address, or 0
     * @return how many were sent, or {@code -errno}
     */
    int send(int fd, Chain from, long limit, long name, int nameBytes, long control, int controlBytes) {
        int count = fill(from, limit);
        if (count == 0) {
            // One alone has more pieces than the system takes.
            return -Errno.EMSGSIZE;
        }
        for (int i = 0; i < count; i++) {
            messages.name(i, name, nameBytes);
            messages.control(i, control, controlBytes);
        }
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
