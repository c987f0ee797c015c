package io.sluice.stream.limit;

import io.sluice.core.config.NearestName;
import io.sluice.core.config.Section;
import io.sluice.core.variable.Template;
import io.sluice.stream.ServerView;
import io.sluice.stream.StreamSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads zones, which belong to all servers of a load, and the limits of each server. */
final class LimitReader {
    private final Section stream;
    private @Nullable Map<String, LimitZone> zones;

    LimitReader(Section stream) {
        this.stream = stream;
    }

    Limits read(ServerView server) {
        Map<String, LimitZone> known = zones(server);
        LimitSettings settings = server.read(LimitSettings.SETTINGS);
        List<Limits.Limit> limits = new ArrayList<>();
        for (LimitSettings.Limit written : settings.limitConn()) {
            LimitZone zone = known.get(written.zone());
            if (zone == null) {
                written.here()
                        .problem(
                                "zone",
                                "no zone is called '" + written.zone() + "'"
                                        + NearestName.hint(written.zone(), known.keySet()));
            } else {
                limits.add(new Limits.Limit(zone, written.connections()));
            }
        }
        return new Limits(
                List.copyOf(limits),
                settings.limitConnDryRun(),
                settings.limitConnLogLevel().meant());
    }

    private Map<String, LimitZone> zones(ServerView server) {
        Map<String, LimitZone> made = zones;
        if (made == null) {
            made = new TreeMap<>();
            for (Section section : stream.named(LimitSettings.ZONES)) {
                LimitSettings.Zone zone = LimitSettings.ZONE.read(section);
                Template<StreamSession> key = server.template(zone.key(), message -> section.problem("key", message));
                made.put(section.name(), new LimitZone(section.name(), key, zone.keys()));
            }
            zones = made;
        }
        return made;
    }
}
