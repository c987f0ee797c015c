package io.sluice.stream.limit;

import io.sluice.core.connection.Connection;
import io.sluice.core.log.LogLevel;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.variable.BytesSink;
import io.sluice.stream.ServerPart;
import io.sluice.stream.SessionKey;
import io.sluice.stream.StreamBinder;
import io.sluice.stream.StreamOutcome;
import io.sluice.stream.StreamPart;
import io.sluice.stream.StreamPhase;
import io.sluice.stream.StreamSession;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits how many sessions there are at once, of each value of a text with variables (ngx_stream_limit_conn_module). */
public final class LimitPart implements StreamPart {
    /** As in nginx: what is longer is not counted. */
    private static final int LONGEST_KEY = 255;

    private static final SessionKey<String> STATUS = SessionKey.of("limit-conn");

    @Override
    public void configure(PluginBinder binder) {
        LimitReader reader = new LimitReader(binder.section());
        ServerPart<Limits> part = ServerPart.of(reader::read);
        StreamBinder.of(binder)
                .settings(LimitSettings.SETTINGS)
                .settings(LimitSettings.ZONE)
                .part(part)
                .phase(StreamPhase.PREACCESS, "limit-conn", worker -> session -> handle(session, session.part(part)))
                .variable("limit_conn_status", LimitPart::status);
    }

    private static StreamOutcome handle(StreamSession session, Limits limits) {
        if (limits.limits().isEmpty()) {
            return StreamOutcome.DECLINED;
        }
        List<LimitZone.Place> taken = new ArrayList<>(limits.limits().size());
        LimitZone refusing = take(session, limits, taken);
        if (refusing == null) {
            hold(session, taken);
            return StreamOutcome.DECLINED;
        }
        taken.forEach(LimitZone.Place::giveBack);
        Connection c = session.connection();
        c.log()
                .at(limits.level(), c)
                .text(limits.dryRun() ? "limiting connections, dry run, by zone \"" : "limiting connections by zone \"")
                .text(refusing.name())
                .text("\"")
                .write();
        if (limits.dryRun()) {
            session.keep(STATUS, "REJECTED_DRY_RUN");
            return StreamOutcome.DECLINED;
        }
        session.keep(STATUS, "REJECTED");
        return session.end(StreamSession.UNAVAILABLE);
    }

    /** Answers the zone that refuses, or null. */
    private static @Nullable LimitZone take(StreamSession session, Limits limits, List<LimitZone.Place> taken) {
        for (Limits.Limit limit : limits.limits()) {
            BytesSink key = session.evaluate(limit.zone().text());
            if (key.count() > LONGEST_KEY) {
                Connection c = session.connection();
                c.log().log(LogLevel.ERR, c, "a key of limit-conn is longer than 255 bytes and not counted");
            } else if (key.count() > 0) {
                LimitZone.Place place = limit.zone().take(key, limit.most());
                if (place == null) {
                    return limit.zone();
                }
                taken.add(place);
            }
        }
        return null;
    }

    /** For as long as the client is connected, also when another listening has the connection by then. */
    private static void hold(StreamSession session, List<LimitZone.Place> taken) {
        if (!taken.isEmpty()) {
            session.keep(STATUS, "PASSED");
            session.connection().pool().onEnd(() -> taken.forEach(LimitZone.Place::giveBack));
        }
    }

    private static boolean status(StreamSession session, BytesSink out) {
        String status = session.kept(STATUS);
        if (status == null) {
            return false;
        }
        out.putAscii(status);
        return true;
    }
}
