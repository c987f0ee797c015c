package io.sluice.core.connection;

import java.util.List;

/**
 * What stands between the socket and the consumer of connections at one place of the configuration, the one nearest to the socket first.
 * A value: for a connection to a peer it is part of what tells the connection from others to the same address.
 */
public record TransportStages(List<Use> uses) {
    /** Nothing: the consumer has the socket's bytes. */
    public static final TransportStages NONE = new TransportStages(List.of());

    /**
     * One stage with what the configuration says there.
     *
     * @param stage its name
     * @param settings of this place, compared as a value
     * @param perClient whether the other side learns for which client the connection is made, so that it can serve no other
     */
    public record Use(String stage, Record settings, boolean perClient) {}

    public TransportStages {
        uses = List.copyOf(uses);
    }

    public boolean isEmpty() {
        return uses.isEmpty();
    }

    /** Whether a connection made so is good for the client only that it was made for. */
    public boolean isPerClient() {
        for (int i = 0; i < uses.size(); i++) {
            if (uses.get(i).perClient()) {
                return true;
            }
        }
        return false;
    }
}
