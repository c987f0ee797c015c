package io.sluice.core.connection;

import io.sluice.core.log.ErrorLog;
import org.jspecify.annotations.Nullable;

/**
 * A listening address with who serves its connections: ngx_listening_t. Part of a cycle, immutable.
 *
 * @param address where to listen; port 0 lets the system choose
 * @param options of the socket
 * @param consumerId who claims the connections that are accepted
 * @param attachment what that consumer wants to find again at {@link Connection#listening()}
 * @param log for lines about accepting; null for the worker's own
 * @param where {@code file:line} of the setting, for messages
 * @param stages what stands before the consumer
 */
public record Listening(
        Address address,
        ListenOptions options,
        String consumerId,
        @Nullable Object attachment,
        @Nullable ErrorLog log,
        String where,
        TransportStages stages) {
    /** With nothing before the consumer. */
    public Listening(
            Address address,
            ListenOptions options,
            String consumerId,
            @Nullable Object attachment,
            @Nullable ErrorLog log,
            String where) {
        this(address, options, consumerId, attachment, log, where, TransportStages.NONE);
    }

    /** Who claims a connection when it is accepted: the first stage if there is one, else the consumer. */
    public String claimant() {
        return stages.isEmpty() ? consumerId : stages.uses().getFirst().stage();
    }

    /** Whether datagrams are received there. */
    public boolean isForDatagrams() {
        return options.socketType() == SocketType.DATAGRAM;
    }

    /**
     * Whether who connects to an address comes in here: it is this one's, or this one's is the wildcard of its port (ngx_stream_pass_match).
     */
    public boolean takes(Address to) {
        Address own = address;
        return own.equals(to) || (own.isWildcard() && own.family() == to.family() && own.port() == to.port());
    }

    /** The same listening with the address the system gave it, or with another attachment. */
    public Listening at(Address bound) {
        return new Listening(bound, options, consumerId, attachment, log, where, stages);
    }
}
