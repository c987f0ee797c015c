package io.sluice.proxy;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.KeepaliveProbes;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.TransportStages;
import io.sluice.core.plugin.SettingsPlace;
import io.sluice.core.plugin.StageSettings;
import io.sluice.core.variable.Template;
import io.sluice.http.HttpLevels;
import io.sluice.http.HttpRequest;
import io.sluice.http.LocationView;
import io.sluice.upstream.BindSettings;
import io.sluice.upstream.Reach;
import org.jspecify.annotations.Nullable;

/**
 * How connections of one location to its peers are made. Immutable.
 *
 * @param bind the local address, where it depends on the request
 */
record Reaching(Reach reach, @Nullable Template<HttpRequest> bind) {
    static Reaching read(LocationView location, ProxySettings settings, TransportStages stages) {
        OutgoingOptions.Builder builder = OutgoingOptions.DEFAULT
                .with()
                .receiveBuffer(bytes(settings.socketRcvbuf()))
                .sendBuffer(bytes(settings.socketSndbuf()));
        if (settings.socketKeepalive()) {
            builder.keepalive(KeepaliveProbes.ON);
        }
        OutgoingOptions how = builder.build();
        BindSettings bind = settings.bind().orElse(null);
        Template<HttpRequest> variable = null;
        if (bind != null) {
            how = bind.options(how);
            String address = bind.address().orElse("");
            Template<HttpRequest> template = location.template("proxy.bind", address);
            if (!template.isConstant()) {
                variable = template;
            } else if (!address.isEmpty() && address.indexOf('$') < 0) {
                how = fixed(location, bind, how, address);
            }
        }
        return new Reaching(Reach.plain("http", how, stages), variable);
    }

    /** What a location asks for by keys of transport stages, be it its own keys or inherited ones. */
    static TransportStages stages(LocationView location, StageSettings stages) {
        return stages.ofPass(new Place(location));
    }

    private static OutgoingOptions fixed(
            LocationView location, BindSettings bind, OutgoingOptions how, String address) {
        try {
            return bind.options(how, address);
        } catch (IllegalArgumentException wrong) {
            location.problem("proxy.bind", String.valueOf(wrong.getMessage()));
            return how;
        }
    }

    /** The group {@code proxy} of a location, for what stages have there. */
    private record Place(LocationView location) implements SettingsPlace {
        @Override
        public <R extends Record> R read(Settings<R> settings) {
            return location.read(settings.under("proxy").at(HttpLevels.HTTP, HttpLevels.SERVER, HttpLevels.LOCATION));
        }
    }

    private static int bytes(Bytes size) {
        return (int) size.count();
    }
}
