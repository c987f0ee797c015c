package io.sluice.core.plugin;

import io.sluice.core.config.Problem;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.AddressParser;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.TransportStages;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One entry of a {@code listen} list: a text, or an object with options, which reference.conf describes under {@code listen}.
 *
 * @param stages what stands before the consumer
 * @param where {@code file:line}, and the path of the entry
 */
public record ListenSetting(List<Address> addresses, ListenOptions options, TransportStages stages, String where) {
    record Holder(List<ListenFields> listen) {}

    private static final Settings<Holder> SETTINGS = Settings.of(MethodHandles.lookup(), Holder.class);

    /**
     * See {@link PluginBinder#listens}.
     *
     * @param stages reads the keys of an entry that belong to transport stages
     */
    public static List<ListenSetting> in(Section section, Function<Section, TransportStages> stages) {
        List<ListenSetting> found = new ArrayList<>();
        if (!section.has("listen")) {
            section.sections("listen");
            return found;
        }
        for (ListenFields fields : SETTINGS.read(section).listen()) {
            Section here = fields.here();
            TransportStages before = stages.apply(here);
            try {
                List<Address> addresses = AddressParser.listening(fields.address());
                found.add(new ListenSetting(addresses, fields.options(), before, where(here)));
                checkKind(fields, addresses, before);
            } catch (IllegalArgumentException wrong) {
                here.problem("address", String.valueOf(wrong.getMessage()));
            }
        }
        return found;
    }

    /** What makes sense for one family only. */
    private static void checkKind(ListenFields fields, List<Address> addresses, TransportStages before) {
        boolean file = addresses.stream().allMatch(address -> address.isUnix() && !address.isAbstract());
        boolean unix = addresses.stream().allMatch(Address::isUnix);
        boolean inet6 = addresses.stream().anyMatch(address -> address.family() == Address.Family.INET6);
        Section here = fields.here();
        if (fields.mode().isPresent() && !file) {
            here.problem("mode", "is for a unix socket that is a file");
        }
        if (fields.ipv6only().isPresent() && !inet6) {
            here.problem("ipv6only", "is for an IPv6 address");
        }
        if (fields.isUdp()) {
            checkDatagrams(fields, before);
        }
        if (unix) {
            notForUnix(here, "so-keepalive", fields.soKeepalive().isPresent());
            notForUnix(here, "reuseport", fields.reuseport().orElse(false));
            notForUnix(here, "deferred", fields.deferred().orElse(false));
            notForUnix(here, "fastopen", fields.fastopen().isPresent());
            notForUnix(here, "notsent-lowat", fields.notsentLowat().isPresent());
        }
    }

    private static void notForUnix(Section here, String key, boolean set) {
        if (set) {
            here.problem(key, "is not for a unix socket");
        }
    }

    /** Of what nobody connects to there are no connections to be queued or probed. */
    private static void checkDatagrams(ListenFields fields, TransportStages before) {
        Section here = fields.here();
        for (TransportStages.Use use : before.uses()) {
            here.problem("udp", "does not go with " + use.stage() + ", which is for streams");
        }
        notForDatagrams(here, "backlog", fields.backlog().isPresent());
        notForDatagrams(here, "so-keepalive", fields.soKeepalive().isPresent());
        notForDatagrams(here, "deferred", fields.deferred().orElse(false));
        notForDatagrams(here, "fastopen", fields.fastopen().isPresent());
        notForDatagrams(here, "sndlowat", fields.sndlowat().isPresent());
        notForDatagrams(here, "notsent-lowat", fields.notsentLowat().isPresent());
    }

    private static void notForDatagrams(Section here, String key, boolean set) {
        if (set) {
            here.problem(key, "does not go with udp = on");
        }
    }

    private static String where(Section section) {
        return Problem.at(section.origin(), section.path()).toString();
    }
}
