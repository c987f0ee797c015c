package io.sluice.stream.proxy;

import io.sluice.core.connection.Connection;

/**
 * When a session of datagrams is over: they have no end, so their number tells (10.6 of nginx's behaviour, ngx_stream_proxy_test_finalize).
 *
 * <p><b>Thread:</b> the worker's.
 */
final class DatagramTally {
    private final int requests;
    private final long responses;
    private boolean closed;

    /**
     * @param requests datagrams of the client that make a session; 0 for no limit
     * @param responses to each of them; {@link ProxyConf#UNLIMITED} if nobody knows
     */
    DatagramTally(int requests, long responses) {
        this.requests = requests;
        this.responses = responses;
    }

    /** Once the client has sent all that make this session its next datagram begins another. */
    void count(Connection client, Flow up) {
        if (requests > 0 && !closed && up.packets() >= requests) {
            closed = true;
            client.endDatagrams();
        }
    }

    boolean isOver(Flow up, Flow down) {
        return (requests == 0 || up.packets() >= requests)
                && responses != ProxyConf.UNLIMITED
                && hasEnough(up, down)
                && !up.isHolding()
                && !down.isHolding();
    }

    /** Whether the peer has answered as it must; nobody knows if there is no number. */
    boolean hasEnough(Flow up, Flow down) {
        return responses == ProxyConf.UNLIMITED || down.packets() >= responses * up.packets();
    }
}
