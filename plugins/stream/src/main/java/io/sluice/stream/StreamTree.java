package io.sluice.stream;

import io.sluice.core.accesslog.PlaceLogReader;
import io.sluice.core.config.Levels;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.BitPromise;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.SocketType;
import io.sluice.core.plugin.ListenSetting;
import io.sluice.core.plugin.Order;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.variable.Compiled;
import io.sluice.core.variable.Template;
import io.sluice.core.variable.Variables;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the tree of {@code stream} and its servers, and makes the cycle's part of it (ngx_stream_block). */
final class StreamTree {
    /** The order the user wants. */
    record OrderSettings(List<String> phaseOrder) {}

    static final Settings<OrderSettings> ORDER =
            Settings.of(MethodHandles.lookup(), OrderSettings.class).at(StreamLevels.STREAM);

    /** The format of access logs that is there anyway. */
    private static final String BASIC = "basic";

    private static final String BASIC_TEXT =
            "$remote_addr [$time_local] $protocol $status $bytes_sent $bytes_received $session_time";

    /** One port may be listened on for bytes and for datagrams. */
    private record Place(Address address, SocketType type) {}

    private final PluginBinder binder;
    private final StreamExtensions extensions;
    private final Section stream;
    private final Variables<StreamSession> variables;
    private final PlaceLogReader<StreamSession> logs;
    private final Map<Place, String> listens = new HashMap<>();
    private int sessionBytes;

    StreamTree(PluginBinder binder, StreamExtensions extensions) {
        this.binder = binder;
        this.extensions = extensions;
        this.stream = binder.section();
        this.variables = extensions.variables(stream::problem);
        binder.configuration().declareVariables(stream.path(), variables.names());
        this.logs = new PlaceLogReader<>(
                binder, this::template, BASIC, BASIC_TEXT, StreamLevels.STREAM, StreamLevels.SERVER);
    }

    StreamCycle build(BitPromise writeBit) {
        Levels levels = Levels.of(stream);
        OrderSettings order = ORDER.read(levels);
        logs.read(levels); // also what every server replaces must be right
        List<ServerConf> servers = new ArrayList<>();
        for (Section server : stream.sections("servers")) {
            ServerConf conf = new ServerReader(this, levels.then(server), server).read(servers.size());
            servers.add(conf);
            listen(server, conf);
        }
        return new StreamCycle(writeBit.get(), List.copyOf(servers), phases(order), logs.all(), sessionBytes);
    }

    private void listen(Section server, ServerConf conf) {
        List<ListenSetting> settings = binder.listens(server);
        if (settings.isEmpty() && !server.has("listen")) {
            server.problem("listen", "is missing: where does this server listen?");
        }
        for (ListenSetting setting : settings) {
            for (Address address : setting.addresses()) {
                // Port 0 is a new port each time.
                boolean chosen = address.port() == 0 && address.family() != Address.Family.UNIX;
                String former = chosen
                        ? null
                        : listens.putIfAbsent(
                                new Place(address, setting.options().socketType()), setting.where());
                if (former != null) {
                    server.problem("listen", address + " is there already: " + former);
                    continue;
                }
                StreamListen attachment = new StreamListen(address.toString(), conf);
                binder.listen(new Listening(
                        address,
                        setting.options(),
                        StreamConsumer.KEY.id(),
                        attachment,
                        null,
                        setting.where(),
                        setting.stages()));
            }
        }
    }

    private Map<StreamPhase, List<Order.Entry<PhaseRegistration>>> phases(OrderSettings order) {
        Map<StreamPhase, List<Order.Entry<PhaseRegistration>>> resolved = new EnumMap<>(StreamPhase.class);
        List<String> names = new ArrayList<>();
        for (StreamPhase phase : StreamPhase.values()) {
            List<Order.Entry<PhaseRegistration>> entries = new ArrayList<>();
            for (PhaseRegistration handler : extensions.phases) {
                if (handler.phase() == phase) {
                    names.add(handler.name());
                    entries.add(new Order.Entry<>(handler.name(), handler, handler.before(), handler.after()));
                }
            }
            resolved.put(phase, Order.resolve("handlers of the phase " + phase, entries, order.phaseOrder(), stream));
        }
        Order.reportUnknown("handler", names, order.phaseOrder(), stream, "phase-order");
        return resolved;
    }

    Template<StreamSession> template(String text, Consumer<String> problem) {
        return switch (variables.compile(text)) {
            case Compiled.Ok<StreamSession>(Template<StreamSession> template) -> template;
            case Compiled.Unknown<StreamSession> unknown -> {
                problem.accept(unknown.message());
                yield Template.constant("");
            }
            case Compiled.Bad<StreamSession> bad -> {
                problem.accept(bad.message());
                yield Template.constant("");
            }
        };
    }

    PlaceLogReader<StreamSession> logs() {
        return logs;
    }

    StreamExtensions extensions() {
        return extensions;
    }

    List<String> contentKeys() {
        return extensions.contents.stream()
                .map(ContentRegistration::key)
                .sorted()
                .toList();
    }

    void reserve(int bytes) {
        sessionBytes = Math.max(sessionBytes, bytes);
    }
}
