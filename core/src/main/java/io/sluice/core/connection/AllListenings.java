package io.sluice.core.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All listenings of a server, to be found by where they listen. A plugin gets those that are open, with the ports that the system chose, by
 * {@code context.service(AllListenings.class)}.
 *
 * <p><b>Thread:</b> any.
 */
public final class AllListenings {
    private final List<Listening> all;

    public AllListenings(List<Listening> all) {
        this.all = List.copyOf(all);
    }

    /** Where a client comes in that connects to an address: who listens on just that, else on the wildcard of its port; null for nowhere. */
    public @Nullable Listening find(Address to) {
        Listening wildcard = null;
        for (int i = 0; i < all.size(); i++) {
            Listening listening = all.get(i);
            if (!listening.isForDatagrams() && listening.takes(to)) {
                if (listening.address().equals(to)) {
                    return listening;
                }
                wildcard = listening;
            }
        }
        return wildcard;
    }
}
