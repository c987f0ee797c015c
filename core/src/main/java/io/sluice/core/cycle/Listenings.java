package io.sluice.core.cycle;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.SocketType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes one listening of those that mean the same address, and complains of those that cannot live side by side. */
final class Listenings {
    private Listenings() {}

    /** TCP and UDP have ports of their own. */
    private record Place(Address address, SocketType type) {}

    /**
     * The listenings with their problems reported: one consumer may name an address twice with the same options, two consumers may not
     * share one. Port 0 is a new port each time.
     */
    static List<Listening> merged(List<Listening> wanted, Consumer<String> problems) {
        Map<Place, Listening> byPlace = new LinkedHashMap<>();
        List<Listening> merged = new ArrayList<>();
        for (Listening listening : wanted) {
            Address address = listening.address();
            boolean always = !address.isUnix() && address.port() == 0;
            Listening first = always
                    ? null
                    : byPlace.putIfAbsent(new Place(address, listening.options().socketType()), listening);
            if (first == null) {
                merged.add(listening);
            } else if (!first.consumerId().equals(listening.consumerId())) {
                problems.accept(listening.where() + ": " + listening.consumerId() + " cannot listen on " + address
                        + ", " + first.consumerId() + " does (" + first.where() + ")");
            } else if (!first.options().equals(listening.options())
                    || !first.stages().equals(listening.stages())
                    || first.attachment() != listening.attachment()) {
                problems.accept(listening.where() + ": " + address + " is listened on with other options ("
                        + first.where() + ")");
            }
        }
        return merged;
    }
}
