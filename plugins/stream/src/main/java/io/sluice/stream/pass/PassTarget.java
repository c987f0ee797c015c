package io.sluice.stream.pass;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.AddressParser;
import io.sluice.core.plugin.Destination;
import io.sluice.core.variable.Template;
import io.sluice.stream.ServerView;
import io.sluice.stream.StreamSession;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the clients of one server go. Immutable.
 *
 * @param text may have variables
 * @param fixed what a text without variables means; empty for one with them
 */
record PassTarget(Template<StreamSession> text, List<Address> fixed) {
    /** Answers null if something is wrong, which has been reported. */
    static @Nullable PassTarget read(ServerView server, String written, Consumer<Destination> passes) {
        Template<StreamSession> text = server.template("pass", written);
        if (!text.isConstant()) {
            return new PassTarget(text, List.of());
        }
        if (written.indexOf('$') >= 0) {
            return null;
        }
        try {
            List<Address> addresses =
                    isPortAlone(written) ? AddressParser.listening(written) : AddressParser.parse(written, 0);
            passes.accept(new Destination(addresses, message -> server.problem("pass", message)));
            return new PassTarget(text, addresses);
        } catch (IllegalArgumentException wrong) {
            server.problem("pass", String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    /**
     * Where a session goes: all addresses of a name, only one of a value.
     *
     * @throws IllegalArgumentException if a value is no address
     */
    List<Address> of(StreamSession session) {
        if (!fixed.isEmpty()) {
            return fixed;
        }
        String value = session.evaluate(text).toString();
        return isPortAlone(value) ? AddressParser.listening(value) : List.of(AddressParser.literal(value));
    }

    /** The port of whatever address. */
    private static boolean isPortAlone(String text) {
        return text.startsWith("*:") || (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9'));
    }
}
