package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.log.IoFault;

/**
 * When the system may send small segments: the dance of tcp_nodelay and tcp_nopush, which exclude each other on Linux
 * (ngx_linux_sendfile_chain.c, ngx_tcp_nodelay, ngx_tcp_push). A head in front of a file is held back by the cork so that both leave in
 * one segment; who has sent all takes the cork off.
 *
 * <p>A driver without a cork sends the head at once, in a segment of its own: {@link Endpoint#corks}.
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

    /** As ngx_tcp_push: what the cork held back leaves now. */
    static boolean push(Connection c) {
        if (c.tcpNoPushState() != TcpSwitch.SET) {
            c.requireOpen();
            return true;
        }
        if (!set(c, SocketOption.TCP_CORK, 0)) {
            return false;
        }
        c.tcpNoPushState(TcpSwitch.UNSET);
        return true;
    }

    /** Before a chain is sent: puts the cork on where memory is followed by a file. Answers false after an error. */
    static boolean beforeFile(Connection c, Endpoint endpoint, Chain chain, long limit) {
        if (c.tcpNoPushState() != TcpSwitch.UNSET || !memoryThenFile(chain, limit)) {
            return true;
        }
        if (!endpoint.corks()) {
            c.tcpNoPushState(TcpSwitch.DISABLED);
            return true;
        }
        if (c.tcpNoDelayState() == TcpSwitch.SET) {
            if (!set(c, SocketOption.TCP_NODELAY, 0)) {
                return false;
            }
            c.tcpNoDelayState(TcpSwitch.UNSET);
        }
        if (!set(c, SocketOption.TCP_CORK, 1)) {
            return false;
        }
        c.tcpNoPushState(TcpSwitch.SET);
        return true;
    }

    private static boolean memoryThenFile(Chain chain, long limit) {
        long before = 0;
        for (Chain link = chain; link != null && before < limit; link = link.next()) {
            Buf buf = link.buf();
            if (buf.inFile()) {
                return before > 0;
            }
            before += buf.size();
        }
        return false;
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
