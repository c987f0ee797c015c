package io.sluice.http;

import io.sluice.core.config.Section;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.TransportStages;
import io.sluice.core.plugin.ListenSetting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which servers are behind which address (ngx_http_add_addresses, ngx_http_init_listening). Servers may share one; where somebody listens
 * on all addresses of a port, those who listen on one of them get no socket of their own: the system would refuse it. A connection's own
 * address tells them apart.
 */
final class ListenAddresses {
    private final Consumer<Listening> listen;
    private final Map<Address, Shared> byAddress = new LinkedHashMap<>();

    /** What the servers at one address say of it, the first that says something. */
    private static final class Shared {
        private final List<ServerConf> servers = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private ListenOptions options;
        private TransportStages stages;
        private String where;
        private Section section;

        private Shared(ListenSetting first, Section server) {
            options = first.options();
            stages = first.stages();
            where = first.where();
            section = server;
        }

        private void add(ServerConf server, Section its, Address address) {
            if (servers.contains(server)) {
                its.problem("listen", address + " is there twice");
                return;
            }
            servers.add(server);
            for (String name : Set.copyOf(server.names())) {
                if (!names.add(name)) {
                    its.problem("server-name", "another server has the name '" + name + "' at " + address);
                }
            }
        }
    }

    /** @param listen takes what is to be listened on */
    ListenAddresses(Consumer<Listening> listen) {
        this.listen = listen;
    }

    /** @param section what the server's settings stand in */
    void add(ListenSetting setting, ServerConf server, Section section) {
        for (Address address : setting.addresses()) {
            if (address.port() == 0 && !address.isUnix()) {
                // A new port each time: nobody can share it.
                Shared alone = new Shared(setting, section);
                alone.servers.add(server);
                listen.accept(listening(address, alone, Map.of()));
                continue;
            }
            Shared shared = byAddress.get(address);
            if (shared == null) {
                shared = new Shared(setting, section);
                byAddress.put(address, shared);
            } else {
                agree(address, shared, setting, section);
            }
            shared.add(server, section, address);
        }
    }

    /** Options may stand at any of the servers; at several only if they are the same. */
    private static void agree(Address address, Shared shared, ListenSetting other, Section section) {
        ListenOptions none = ListenOptions.DEFAULT;
        if (shared.options.equals(none) && !other.options().equals(none)) {
            shared.options = other.options();
            shared.where = other.where();
            shared.section = section;
        } else if (!other.options().equals(none) && !other.options().equals(shared.options)) {
            section.problem("listen", address + " is listened on with other options (" + shared.where + ")");
        }
        if (shared.stages.isEmpty()) {
            shared.stages = other.stages();
        } else if (!other.stages().isEmpty() && !other.stages().equals(shared.stages)) {
            section.problem("listen", "other transport stages stand at " + address + " (" + shared.where + ")");
        }
    }

    /** All have been added. */
    void listen() {
        byAddress.forEach((address, shared) -> {
            Shared wildcard = address.isWildcard() ? null : wildcardOf(address);
            if (wildcard != null) {
                checkUnder(wildcard, address, shared);
            } else {
                listen.accept(listening(address, shared, address.isWildcard() ? under(address) : Map.of()));
            }
        });
    }

    private @Nullable Shared wildcardOf(Address address) {
        for (Map.Entry<Address, Shared> each : byAddress.entrySet()) {
            if (isUnder(address, each.getKey())) {
                return each.getValue();
            }
        }
        return null;
    }

    private static void checkUnder(Shared wildcard, Address address, Shared shared) {
        boolean same = shared.options.equals(ListenOptions.DEFAULT) || shared.options.equals(wildcard.options);
        if (!same || !shared.stages.equals(wildcard.stages)) {
            shared.section.problem(
                    "listen",
                    "all addresses of the port of " + address + " are listened on with other options (" + wildcard.where
                            + ")");
        }
    }

    private Map<Address, HttpListen> under(Address wildcard) {
        Map<Address, HttpListen> found = new LinkedHashMap<>();
        byAddress.forEach((address, shared) -> {
            if (isUnder(address, wildcard)) {
                found.put(address, new HttpListen(address.toString(), List.copyOf(shared.servers), Map.of()));
            }
        });
        return Map.copyOf(found);
    }

    private static boolean isUnder(Address address, Address wildcard) {
        return wildcard.isWildcard()
                && !address.isWildcard()
                && address.family() == wildcard.family()
                && address.port() == wildcard.port();
    }

    private static Listening listening(Address address, Shared shared, Map<Address, HttpListen> under) {
        HttpListen attachment = new HttpListen(address.toString(), List.copyOf(shared.servers), under);
        return new Listening(
                address, shared.options, HttpConsumer.KEY.id(), attachment, null, shared.where, shared.stages);
    }
}
