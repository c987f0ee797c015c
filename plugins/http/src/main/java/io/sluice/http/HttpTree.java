package io.sluice.http;

import io.sluice.core.accesslog.PlaceLogReader;
import io.sluice.core.config.Levels;
import io.sluice.core.config.Local;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.BitPromise;
import io.sluice.core.plugin.Order;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.variable.Compiled;
import io.sluice.core.variable.Template;
import io.sluice.core.variable.Variables;
import io.sluice.http.parse.HeadLimits;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the tree of {@code http}, servers and locations, and makes the cycle's part of it (ngx_http_block). */
final class HttpTree {
    /** What a server says of itself. */
    record ServerSettings(@Local Optional<List<String>> serverName) {}

    /** What a location says of itself. */
    record PathSettings(@Local String path) {}

    /** The order the user wants. */
    record OrderSettings(List<String> filterOrder, List<String> phaseOrder) {}

    /** nginx's own format of access logs. */
    private static final String COMBINED = "combined";

    private static final String COMBINED_TEXT =
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";

    private static final Settings<ServerSettings> SERVER =
            Settings.of(MethodHandles.lookup(), ServerSettings.class).at(HttpLevels.SERVER);
    private static final Settings<PathSettings> PATH =
            Settings.of(MethodHandles.lookup(), PathSettings.class).at(HttpLevels.LOCATION);
    private static final Settings<OrderSettings> ORDER =
            Settings.of(MethodHandles.lookup(), OrderSettings.class).at(HttpLevels.HTTP);

    private final PluginBinder binder;
    private final HttpExtensions extensions;
    private final Section http;
    private final Variables<HttpRequest> variables;
    private final PlaceLogReader<HttpRequest> logs;
    private final List<LocationConf> locations = new ArrayList<>();
    private final ListenAddresses listens;

    HttpTree(PluginBinder binder, HttpExtensions extensions) {
        this.binder = binder;
        this.extensions = extensions;
        this.http = binder.section();
        this.listens = new ListenAddresses(binder::listen);
        this.variables = extensions.variables(http::problem);
        binder.configuration().declareVariables(http.path(), variables.names());
        this.logs = new PlaceLogReader<>(
                binder,
                this::template,
                COMBINED,
                COMBINED_TEXT,
                HttpLevels.HTTP,
                HttpLevels.SERVER,
                HttpLevels.LOCATION);
    }

    HttpCycle build(BitPromise writeBit) {
        binder.configuration().declare(SERVER);
        binder.configuration().declare(PATH);
        Levels levels = Levels.of(http);
        OrderSettings order = ORDER.read(levels);
        logs.read(levels); // also what every server replaces must be right
        ConnectionConf outermost = new ConnectionConf(ConnectionSettings.SETTINGS.read(levels));
        HeadLimits largest = outermost.headLimits();
        int heads = headBytes(outermost);
        for (Section server : http.sections("servers")) {
            ServerConf conf = server(levels.then(server), server);
            heads = Math.max(heads, headBytes(conf.connection()));
        }
        listens.listen();
        return new HttpCycle(
                writeBit.get(),
                List.copyOf(locations),
                phases(order),
                filters(order),
                logs.all(),
                largest,
                heads + extensions.reservedBytes());
    }

    /** The head of a request, all of its large buffers, and the head of the response. */
    private static int headBytes(ConnectionConf conf) {
        return conf.clientHeaderBufferBytes() + conf.largeHeaderBuffers() * conf.largeHeaderBufferBytes() + 4096;
    }

    private ServerConf server(Levels levels, Section section) {
        ServerSettings own = SERVER.read(levels);
        List<String> names = own.serverName().orElse(List.of()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        List<LocationConf> found = new ArrayList<>();
        for (Section location : section.sections("locations")) {
            LocationConf conf =
                    LocationReader.of(this, levels.then(location), location).read();
            for (LocationConf other : found) {
                if (other.exact() == conf.exact() && Arrays.equals(other.path(), conf.path())) {
                    location.problem("path", "the location \"" + conf.name() + "\" is there twice");
                }
            }
            found.add(conf);
        }
        ServerConf conf = new ServerConf(
                names,
                new ConnectionConf(ConnectionSettings.SETTINGS.read(levels)),
                new LocationTree(found),
                LocationReader.ofServer(this, levels, section).read());
        if (!section.has("listen")) {
            section.problem("listen", "is missing: nobody can reach this server");
        }
        binder.listens(section).forEach(setting -> listens.add(setting, conf, section));
        return conf;
    }

    private Map<Phase, List<Order.Entry<PhaseRegistration>>> phases(OrderSettings order) {
        Map<Phase, List<Order.Entry<PhaseRegistration>>> resolved = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            List<Order.Entry<PhaseRegistration>> entries = new ArrayList<>();
            for (PhaseRegistration handler : extensions.phases) {
                if (handler.phase() == phase) {
                    entries.add(new Order.Entry<>(handler.name(), handler, handler.before(), handler.after()));
                }
            }
            resolved.put(phase, Order.resolve("handlers of the phase " + phase, entries, order.phaseOrder(), http));
        }
        List<String> names =
                extensions.phases.stream().map(PhaseRegistration::name).toList();
        Order.reportUnknown("handler of a phase", names, order.phaseOrder(), http, "phase-order");
        return resolved;
    }

    private List<Order.Entry<FilterRegistration>> filters(OrderSettings order) {
        List<FilterRegistration> filters = new ArrayList<>(extensions.filters);
        filters.add(new FilterRegistration(
                PostponeFilter.NAME, (_, below) -> new PostponeFilter(below), List.of(), List.of()));
        List<String> names = filters.stream().map(FilterRegistration::name).toList();
        Order.reportUnknown("filter", names, order.filterOrder(), http, "filter-order");
        return Order.resolve("http filters", FilterPlaces.entries(filters), order.filterOrder(), http);
    }

    Template<HttpRequest> template(String text, Consumer<String> problem) {
        return switch (variables.compile(text)) {
            case Compiled.Ok<HttpRequest>(Template<HttpRequest> template) -> template;
            case Compiled.Unknown<HttpRequest> unknown -> {
                problem.accept(unknown.message());
                yield Template.constant("");
            }
            case Compiled.Bad<HttpRequest> bad -> {
                problem.accept(bad.message());
                yield Template.constant("");
            }
        };
    }

    PlaceLogReader<HttpRequest> logs() {
        return logs;
    }

    HttpExtensions extensions() {
        return extensions;
    }

    int nextLocation() {
        return locations.size();
    }

    void add(LocationConf location) {
        locations.add(location);
    }

    static Settings<PathSettings> path() {
        return PATH;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
