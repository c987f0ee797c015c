package io.sluice.upstream;

import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLevel;
import io.sluice.core.variable.BytesSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Connect options with a local address that a template tells for each request. Made once per client connection;
 * requests that come to the same address as the one before allocate nothing.
 *
 * <p><b>Thread:</b> the worker's.
 */
public final class VariableBind {
    private static final ConnectOptions NOTHING = new ConnectOptions(0, Reach.plain(""));

    private ConnectOptions base = NOTHING;
    private ConnectOptions made = NOTHING;
    private byte[] last = {};

    /** For one client connection. */
    public VariableBind() {}

    /**
     * The options of a place with an address to come from. As in nginx, no text is no address, and one that is none is
     * told in the log and then no address.
     *
     * @param place the options of the place, without an address
     * @param text what the template said
     * @param log of the place
     * @param about whose line it is
     */
    public ConnectOptions options(ConnectOptions place, BytesSink text, ErrorLog log, LogContext about) {
        if (text.isEmpty()) {
            return place;
        }
        if (place == base && Arrays.equals(last, 0, last.length, text.array(), 0, text.count())) {
            return made;
        }
        made = make(place, text, log, about);
        base = place;
        last = text.toBytes();
        return made;
    }

    private static ConnectOptions make(ConnectOptions place, BytesSink text, ErrorLog log, LogContext about) {
        String address = new String(text.array(), 0, text.count(), StandardCharsets.ISO_8859_1);
        try {
            Reach reach = place.reach();
            OutgoingOptions how =
                    reach.how().with().local(LocalAddress.parse(address)).build();
            return new ConnectOptions(place.timeoutMillis(), reach.with(how));
        } catch (IllegalArgumentException wrong) {
            log.log(LogLevel.ERR, about, String.valueOf(wrong.getMessage()));
            return place;
        }
    }
}
