package io.sluice.core.plugin;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Problem;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.config.Shorthand;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.AddressParser;
import io.sluice.core.connection.ListenOptions;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a {@code listen} list: a text, or an object with options.
 *
 * @param where {@code file:line}
 */
public record ListenSetting(List<Address> addresses, ListenOptions options, String where) {
    /** As it stands in the configuration. */
    record Fields(
            @Shorthand String address,
            Optional<Integer> backlog,
            Optional<Bytes> rcvbuf,
            Optional<Bytes> sndbuf,
            Optional<Boolean> soKeepalive,
            Optional<Boolean> ipv6only) {
        ListenOptions options() {
            ListenOptions none = ListenOptions.DEFAULT;
            return new ListenOptions(
                    backlog.orElse(none.backlog()),
                    Math.toIntExact(rcvbuf.map(Bytes::count).orElse(0L)),
                    Math.toIntExact(sndbuf.map(Bytes::count).orElse(0L)),
                    soKeepalive.orElse(none.keepalive()),
                    ipv6only.orElse(none.ipv6Only()));
        }
    }

    record Holder(List<Fields> listen) {}

    private static final Settings<Holder> SETTINGS = Settings.of(MethodHandles.lookup(), Holder.class);

    /** The entries of a section's key {@code listen}; none if it is absent. What is wrong goes to the section's problems. */
    public static List<ListenSetting> in(Section section) {
        List<ListenSetting> found = new ArrayList<>();
        if (!section.has("listen")) {
            section.value("listen");
            return found;
        }
        String where = where(section);
        for (Fields fields : SETTINGS.read(section).listen()) {
            try {
                List<Address> addresses = AddressParser.listening(fields.address());
                found.add(new ListenSetting(addresses, fields.options(), where));
            } catch (IllegalArgumentException | ArithmeticException wrong) {
                section.problem("listen", String.valueOf(wrong.getMessage()));
            }
        }
        return found;
    }

    private static String where(Section section) {
        Problem here = Problem.at(section.origin(), section.path() + ".listen");
        return here.toString();
    }
}
