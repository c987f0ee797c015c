package io.sluice.upstream;

import io.sluice.core.config.Level;
import io.sluice.core.config.NearestName;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.AddressParser;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.BalancerBinding;
import io.sluice.upstream.balance.Choice;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes upstreams of the configuration. What is wrong is reported with its line; something is made nevertheless, so
 * that the rest is checked.
 */
final class UpstreamReader {
    private static final String KEY = "upstreams";
    private static final Level LEVEL = Level.ROOT.child(KEY);
    private static final Settings<UpstreamSettings> SETTINGS =
            Settings.of(MethodHandles.lookup(), UpstreamSettings.class).at(LEVEL);
    private static final Settings<ServerDefaults> SERVER_DEFAULTS =
            Settings.of(MethodHandles.lookup(), ServerDefaults.class).at(LEVEL.child("servers"));

    /** nginx's, for servers of an upstream that name none. */
    private static final int DEFAULT_PORT = 80;

    /** Stands for a balancer that is not there; the load is refused anyway. */
    private static final Balancer.Factory NOBODY = peers -> request -> Choice.BUSY;

    private final Section root;
    private final UpstreamSettings defaults;
    private final ServerDefaults server;
    private final Map<Section, UpstreamSettings> read = new LinkedHashMap<>();

    private UpstreamReader(Section root) {
        this.root = root;
        // Read at a level where nothing of it can stand, they are those of reference.conf.
        this.defaults = SETTINGS.read(root);
        this.server = SERVER_DEFAULTS.read(root);
        for (Section section : root.named(KEY)) {
            read.put(section, SETTINGS.read(section));
        }
    }

    static UpstreamReader read(Section root) {
        return new UpstreamReader(root);
    }

    /** Makes them, once it is known which balancers there are. */
    Upstreams build(Collection<BalancerBinding> bindings) {
        Map<String, Balancer.Factory> balancers = new TreeMap<>();
        Map<String, String> owners = new HashMap<>();
        for (BalancerBinding binding : bindings) {
            String other = owners.putIfAbsent(binding.name(), binding.plugin());
            if (other != null) {
                root.problem(
                        "the balancer " + binding.name() + " is brought by " + other + " and by " + binding.plugin());
            }
            balancers.put(binding.name(), binding.factory());
        }
        Upstreams upstreams =
                new Upstreams(defaults.keepalive(), server, balancers.getOrDefault(defaults.balance(), NOBODY));
        read.forEach((section, settings) -> add(upstreams, section, settings, balancers));
        return upstreams;
    }

    private static void add(
            Upstreams upstreams, Section section, UpstreamSettings settings, Map<String, Balancer.Factory> balancers) {
        if (upstreams.find(section.name()) != null) {
            section.problem("another upstream has this name, but for the case of its letters");
        }
        Balancer.Factory balancer = balancers.get(settings.balance());
        if (balancer == null) {
            section.problem(
                    "balance",
                    "no balancer is called '" + settings.balance() + "'"
                            + known(settings.balance(), balancers.keySet()));
            balancer = NOBODY;
        }
        List<Peer> peers = peers(settings);
        if (settings.servers().isEmpty()) {
            section.problem("servers", "an upstream needs a server");
        } else if (peers.stream().allMatch(Peer::isBackup) && !peers.isEmpty()) {
            section.problem("servers", "all are backups; one must be none");
        }
        boolean usable = peers.stream().anyMatch(peer -> !peer.isBackup());
        upstreams.add(section.name(), settings.keepalive(), peers, usable ? balancer : NOBODY);
    }

    private static String known(String wanted, Collection<String> names) {
        return names.isEmpty()
                ? "; no plugin brings one"
                : "; there are " + String.join(", ", names) + NearestName.hint(wanted, names);
    }

    private static List<Peer> peers(UpstreamSettings settings) {
        List<Peer> peers = new ArrayList<>();
        for (ServerSettings one : settings.servers()) {
            if (one.address().isEmpty()) {
                continue; // has been reported as missing
            }
            try {
                for (Address address : AddressParser.parse(one.address(), DEFAULT_PORT)) {
                    peers.add(new Peer(address, one));
                }
            } catch (IllegalArgumentException wrong) {
                one.here().problem("address", String.valueOf(wrong.getMessage()));
            }
        }
        return peers;
    }
}
