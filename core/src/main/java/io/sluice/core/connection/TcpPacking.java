package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.log.IoFault;

/**
 * When the system may send small segments: the dance of tcp_nodelay and tcp_nopush, which exclude each other on Linux
 * (ngx_linux_sendfile_chain.c, ngx_tcp_nodelay, ngx_tcp_push). A head in front of a file is held back so that both leave in one segment.
 *
 * <p>Where the file ends the answer and one send may take all of it, the call that sends the head says that more comes, and nothing has to
 * be switched on and off again: nginx knows only the cork, and makes two calls more. Else the cork holds back until who has sent all
 * takes it off, so that what lies behind the file, or the next part of it, does not begin a segment of its own.
 *
 * <p>A driver with neither sends the head at once, in a segment of its own: {@link Endpoint#takesMore}, {@link Endpoint#corks}.
 */
final class TcpPacking {
    private TcpPacking() {}

    /** As ngx_tcp_nodelay: only a connection where nobody has done or forbidden it. */
    static boolean noDelay(Connection c) {
        if (c.tcpNoDelayState() != TcpSwitch.UNSET) {
            c.requireOpen();
            return true;
        }
        if (!set(c, SocketOption.TCP_NODELAY, 1)) {
            return false;
        }
        c.tcpNoDelayState(TcpSwitch.SET);
        return true;
    }

    /** As ngx_tcp_push: what is held back leaves now. */
    static boolean push(Connection c) {
        boolean corked = c.tcpNoPushState() == TcpSwitch.SET;
        if (!corked && !c.moreAnnounced()) {
            c.requireOpen();
            return true;
        }
        // Linux lets go what is held back also if it was the call that did it.
        if (!set(c, SocketOption.TCP_CORK, 0)) {
            return false;
        }
        c.moreAnnounced(false);
        if (corked) {
            c.tcpNoPushState(TcpSwitch.UNSET);
        }
        return true;
    }

    /** How the bytes that lie in memory at the beginning of a chain are to be sent. */
    enum Sending {
        /** As they are: no file follows, or the cork is on, or nothing may be held back. */
        PLAIN,
        /** By a call that says that more comes. */
        WITH_MORE,
        /** Not at all: the system has refused the cork. */
        FAILED
    }

    /** Before a chain is sent: sees to it that memory is held back where a file follows. */
    static Sending beforeFile(Connection c, Endpoint endpoint, Chain chain, long limit) {
        TcpSwitch state = c.tcpNoPushState();
        if (state != TcpSwitch.UNSET || chain.next() == null || chain.buf().inFile()) {
            return Sending.PLAIN;
        }
        long before = 0;
        for (Chain link = chain; link != null && before < limit; link = link.next()) {
            Buf buf = link.buf();
            if (buf.inFile()) {
                return before == 0 ? Sending.PLAIN : holdBack(c, endpoint, link, limit - before);
            }
            before += buf.size();
        }
        return Sending.PLAIN;
    }

    private static Sending holdBack(Connection c, Endpoint endpoint, Chain file, long limit) {
        Buf buf = file.buf();
        if (endpoint.takesMore() && buf.lastBuf() && file.next() == null && buf.size() <= limit) {
            c.moreAnnounced(true);
            return Sending.WITH_MORE;
        }
        if (!endpoint.corks()) {
            c.tcpNoPushState(TcpSwitch.DISABLED);
            return Sending.PLAIN;
        }
        if (c.tcpNoDelayState() == TcpSwitch.SET) {
            if (!set(c, SocketOption.TCP_NODELAY, 0)) {
                return Sending.FAILED;
            }
            c.tcpNoDelayState(TcpSwitch.UNSET);
        }
        if (!set(c, SocketOption.TCP_CORK, 1)) {
            return Sending.FAILED;
        }
        c.tcpNoPushState(TcpSwitch.SET);
        return Sending.PLAIN;
    }

    private static boolean set(Connection c, SocketOption option, int value) {
        Endpoint endpoint = c.endpoint();
        if (endpoint.option(option, value)) {
            return true;
        }
        c.ioFailed(
                c.slot().write,
                IoFault.OTHER,
                option == SocketOption.TCP_CORK ? "TCP_CORK failed" : "TCP_NODELAY failed");
        return false;
    }
}
