package io.sluice.upstream;

import io.sluice.core.config.NearestName;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.AddressParser;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.discover.PeerSet;
import io.sluice.upstream.discover.PeerSpec;
import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.StaticDiscovery;
import io.sluice.upstream.health.PassiveHealth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All upstreams of a cycle. A plugin gets it from the injector in a {@code whenBuilt} step, and keeps the {@link
 * Upstream} it names.
 *
 * <p><b>Thread:</b> the one that loads; read-only once the cycle is built.
 */
public final class Upstreams {
    private final UpstreamTerms terms;
    private final PeerTerms server;
    private final Balancer.Factory balancer;
    private final Map<String, Upstream> byName = new LinkedHashMap<>();
    private final Map<String, Upstream> implicit = new LinkedHashMap<>();

    /** What is given is for implicit upstreams. */
    Upstreams(UpstreamTerms terms, PeerTerms server, Balancer.Factory balancer) {
        this.terms = terms;
        this.server = server;
        this.balancer = balancer;
    }

    /** Adds a configured one. */
    void add(String name, UpstreamTerms of, UpstreamParts parts) {
        byName.put(name.toLowerCase(Locale.ROOT), new Upstream(name, count(), of, parts));
    }

    private int count() {
        return byName.size() + implicit.size();
    }

    /** The configured upstream of that name, whatever the case of its letters; null if there is none. */
    public @Nullable Upstream find(String name) {
        return byName.get(name.toLowerCase(Locale.ROOT));
    }

    /** The names of the configured ones. */
    public Collection<String> names() {
        return byName.values().stream().map(Upstream::name).toList();
    }

    /** All, the implicit ones last. */
    public Collection<Upstream> all() {
        List<Upstream> all = new ArrayList<>(byName.values());
        all.addAll(implicit.values());
        return all;
    }

    /**
     * The upstream that a text means: a configured one by its name, else an implicit one made of all addresses of a
     * host. Those who name the same host and port share one. It has the defaults of a configured one, also its idle
     * connections.
     *
     * @param text a name, {@code host}, {@code host:port}, {@code [::1]:port} or {@code unix:path}
     * @param defaultPort if the text names none; 0 if it must
     * @throws IllegalArgumentException saying what is wrong with it; resolving its name may have blocked
     */
    public Upstream of(String text, int defaultPort) {
        Upstream configured = find(text);
        return configured != null ? configured : implicit(text, defaultPort);
    }

    /**
     * An upstream of one peer for one request, for an address that is known only now, be it of a client's making: nothing of it is kept,
     * neither idle connections nor how its peer is, so that nobody fills memory with addresses. As nginx's for a variable. Any thread.
     *
     * @param address with its port; names are not resolved
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public Upstream once(String address) {
        PeerSpec peer = new PeerSpec(AddressParser.literal(address), address, server);
        UpstreamParts parts =
                new UpstreamParts(balancer, new StaticDiscovery(new PeerSet(List.of(peer))), new PassiveHealth(), null);
        return new Upstream(address, Upstream.FOR_ONE_REQUEST, terms.keepingNothing(), parts);
    }

    private Upstream implicit(String text, int defaultPort) {
        String key = text.toLowerCase(Locale.ROOT) + " " + defaultPort;
        Upstream known = implicit.get(key);
        if (known == null) {
            List<PeerSpec> peers = resolved(text, defaultPort).stream()
                    .map(address -> new PeerSpec(address, text, server))
                    .toList();
            UpstreamParts parts =
                    new UpstreamParts(balancer, new StaticDiscovery(new PeerSet(peers)), new PassiveHealth(), null);
            known = new Upstream(text, count(), terms, parts);
            implicit.put(key, known);
        }
        return known;
    }

    /** Who mistypes the name of an upstream has named a host that nobody knows. */
    private List<Address> resolved(String text, int defaultPort) {
        try {
            return AddressParser.parse(text, defaultPort);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(wrong.getMessage() + NearestName.hint(text, names()), wrong);
        }
    }
}
