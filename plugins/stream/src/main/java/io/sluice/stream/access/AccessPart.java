package io.sluice.stream.access;

import io.sluice.core.connection.Connection;
import io.sluice.core.log.LogLevel;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.stream.ServerPart;
import io.sluice.stream.StreamBinder;
import io.sluice.stream.StreamOutcome;
import io.sluice.stream.StreamPart;
import io.sluice.stream.StreamPhase;
import io.sluice.stream.StreamSession;

/** Lets clients in, or not, by their addresses (ngx_stream_access_module). */
public final class AccessPart implements StreamPart {
    private static final ServerPart<AccessRules> RULES = ServerPart.of(AccessRules::read);

    @Override
    public void configure(PluginBinder binder) {
        StreamBinder.of(binder)
                .settings(AccessSettings.SETTINGS)
                .part(RULES)
                .phase(StreamPhase.ACCESS, "access", worker -> AccessPart::handle);
    }

    private static StreamOutcome handle(StreamSession session) {
        Connection c = session.connection();
        if (session.part(RULES).allow(c.remoteAddress())) {
            return StreamOutcome.DECLINED;
        }
        c.log().log(LogLevel.ERR, c, "access forbidden by rule");
        return session.end(StreamSession.FORBIDDEN);
    }
}
