package io.sluice.launcher;

import io.sluice.core.connection.Address;
import io.sluice.core.cycle.Cycle;
import io.sluice.event.Server;
import java.util.List;

/** What a server that has started says to who started it: where it listens, and what to try. */
final class Banner {
    private static final String HTTP = "http";

    private Banner() {}

    static String of(Cycle cycle, Server server) {
        int workers = server.workers().size();
        StringBuilder text = new StringBuilder("sluice " + Versions.own() + " listens with " + workers
                + (workers == 1 ? " worker" : " workers") + " (" + server.driver() + "):\n");
        List<Address> addresses = server.addresses();
        for (int i = 0; i < addresses.size(); i++) {
            text.append("    ")
                    .append(cycle.listenings().get(i).consumerId())
                    .append(" on ")
                    .append(addresses.get(i))
                    .append('\n');
        }
        List<Address> http = server.addresses(HTTP);
        if (!http.isEmpty()) {
            text.append("Try:  ").append(curl(http.getFirst())).append('\n');
        }
        return text.append("Stop: Ctrl-C").toString();
    }

    static String curl(Address address) {
        return switch (address.family()) {
            case UNIX -> "curl --unix-socket " + address.host().substring("unix:".length()) + " http://localhost/";
            case INET, INET6 -> "curl http://" + reachable(address) + "/";
        };
    }

    /** Nobody can ask the address that means all addresses. */
    private static String reachable(Address address) {
        return address.isWildcard() ? "localhost:" + address.port() : address.toString();
    }
}
