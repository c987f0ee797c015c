package io.sluice.upstream;

import io.sluice.core.config.Shorthand;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.OutgoingOptions;
import java.util.Optional;

/**
 * A consumer's setting {@code bind}: from where connections to peers come. A plain text is short for the address.
 *
 * @param address of this machine, a template of the consumer's variables; none for the system's choice
 * @param ports the range to come from, as {@code 20000-29999}
 * @param transparent whether the address need not be this machine's
 */
public record BindSettings(@Shorthand Optional<String> address, Optional<String> ports, boolean transparent) {
    /** As nginx has it, but for names: they would have to be resolved. */
    public BindSettings {
        ports.ifPresent(BindSettings::range);
        if (transparent && address.isEmpty()) {
            throw new IllegalArgumentException("transparent needs an address");
        }
    }

    private static int[] range(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length == 2 && isPort(ends[0]) && isPort(ends[1])) {
            int[] range = {Integer.parseInt(ends[0]), Integer.parseInt(ends[1])};
            if (range[0] >= 1 && range[0] <= range[1] && range[1] <= 65_535) {
                return range;
            }
        }
        throw new IllegalArgumentException("ports must be a range as 20000-29999, is \"" + text + "\"");
    }

    private static boolean isPort(String text) {
        return !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** All that it says but for the address. */
    public OutgoingOptions options(OutgoingOptions base) {
        OutgoingOptions.Builder builder = base.with().transparent(transparent);
        if (ports.isPresent()) {
            int[] range = range(ports.get());
            builder.localPorts(range[0], range[1]);
        }
        return builder.build();
    }

    /**
     * All that it says, the address being this one.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public OutgoingOptions options(OutgoingOptions base, String constant) {
        Address local = LocalAddress.parse(constant);
        if (ports.isPresent() && local.port() != 0) {
            throw new IllegalArgumentException("the address \"" + constant + "\" has a port beside a range of them");
        }
        return options(base).with().local(local).build();
    }
}
