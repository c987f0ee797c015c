package io.sluice.upstream;

import io.sluice.core.config.Level;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.AddressParser;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.BalancerBinding;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.ServerOption;
import io.sluice.upstream.discover.Discovery;
import io.sluice.upstream.discover.DiscoveryBinding;
import io.sluice.upstream.discover.PeerSet;
import io.sluice.upstream.discover.PeerSpec;
import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.StaticDiscovery;
import io.sluice.upstream.health.HealthBinding;
import io.sluice.upstream.health.HealthCheck;
import io.sluice.upstream.health.PassiveHealth;
import io.sluice.upstream.sticky.StickinessBinding;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** Makes them, once it is known what plugins brought. */
    Upstreams build(
            Brought<BalancerBinding> by,
            Brought<DiscoveryBinding> sources,
            Brought<HealthBinding> checks,
            Brought<StickinessBinding> sticky) {
        BalancerBinding usual = by.find(defaults.balance().method());
        Upstreams upstreams = new Upstreams(
                defaults.terms(),
                server.terms(),
                usual == null ? NOBODY : usual.maker().apply(root));
        read.forEach((section, settings) -> {
            if (upstreams.find(section.name()) != null) {
                section.problem("another upstream has this name, but for the case of its letters");
            }
            Balancer.Factory balancer = balancer(section, settings, by);
            Discovery discovery = discovery(section, settings, sources);
            boolean usable = isUsable(section, settings, discovery.initial());
            UpstreamParts parts = new UpstreamParts(
                    usable ? balancer : NOBODY,
                    discovery,
                    health(section, settings, checks),
                    StickyReader.read(section, sticky));
            add(upstreams, section, settings.terms(), parts);
        });
        return upstreams;
    }

    private static void add(Upstreams to, Section section, UpstreamTerms terms, UpstreamParts parts) {
        try {
            to.add(section.name(), terms, parts);
        } catch (IllegalArgumentException refused) {
            section.problem("balance", String.valueOf(refused.getMessage()));
            to.add(
                    section.name(),
                    terms,
                    new UpstreamParts(NOBODY, parts.discovery(), parts.health(), parts.stickiness()));
        }
    }

    /** Peers may come later, but one that is configured with none of its own must have a source. */
    private static boolean isUsable(Section section, UpstreamSettings settings, PeerSet peers) {
        boolean onlyBackups =
                peers.peers().stream().allMatch(peer -> peer.terms().backup());
        if (peers.peers().isEmpty()) {
            boolean isStatic = settings.discover().method().equals(StaticDiscovery.NAME);
            if (isStatic && settings.servers().isEmpty()) {
                section.problem("servers", "an upstream needs a server");
            }
            return !isStatic;
        }
        if (onlyBackups) {
            section.problem("servers", "all are backups; one must be none");
        }
        return !onlyBackups;
    }

    private static Discovery discovery(Section section, UpstreamSettings settings, Brought<DiscoveryBinding> sources) {
        PeerSet configured = new PeerSet(peers(settings));
        DiscoveryBinding found = sources.find(settings.discover().method(), section, "discover");
        return found == null
                ? new StaticDiscovery(configured)
                : found.maker().make(section.name(), configured, section.section("discover"));
    }

    private static HealthCheck health(Section section, UpstreamSettings settings, Brought<HealthBinding> checks) {
        HealthBinding found = checks.find(settings.health().method(), section, "health");
        return found == null ? new PassiveHealth() : found.maker().make(section.name(), section.section("health"));
    }

    private static Balancer.Factory balancer(
            Section section, UpstreamSettings settings, Brought<BalancerBinding> balancers) {
        String method = settings.balance().method();
        BalancerBinding found = balancers.find(method, section, "balance");
        if (found == null) {
            return NOBODY;
        }
        for (ServerSettings one : settings.servers()) {
            for (ServerOption option : found.refused()) {
                if (has(one, option)) {
                    one.here().problem(option.key(), "is not for servers that are balanced by " + method);
                }
            }
        }
        return found.maker().apply(section.section("balance"));
    }

    private static boolean has(ServerSettings server, ServerOption option) {
        return switch (option) {
            case BACKUP -> server.backup();
            case SLOW_START -> server.slowStart().isPositive();
        };
    }

    private static List<PeerSpec> peers(UpstreamSettings settings) {
        List<PeerSpec> peers = new ArrayList<>();
        for (ServerSettings one : settings.servers()) {
            if (one.address().isEmpty()) {
                continue; // has been reported as missing
            }
            PeerTerms terms = one.terms();
            try {
                for (Address address : AddressParser.parse(one.address(), DEFAULT_PORT)) {
                    peers.add(new PeerSpec(address, one.address(), terms));
                }
            } catch (IllegalArgumentException wrong) {
                one.here().problem("address", String.valueOf(wrong.getMessage()));
            }
        }
        return peers;
    }
}
