package io.sluice.stream.limit;

import io.sluice.core.config.Here;
import io.sluice.core.config.Range;
import io.sluice.core.config.Replaced;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.log.LogLevel;
import io.sluice.stream.StreamLevels;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** The limits of stream or a server. */
record LimitSettings(@Replaced List<Limit> limitConn, boolean limitConnDryRun, Level limitConnLogLevel) {
    /**
     * One element of {@code limit-conn}.
     *
     * @param zone a name of {@code limit-conn-zones}
     */
    record Limit(
            String zone,
            @Range(min = 1, max = 65_535) int connections,
            @Here Section here) {}

    /** One entry of {@code limit-conn-zones}. */
    record Zone(
            String key, @Range(min = 1, max = 10_000_000) int keys) {}

    /** At which level it is told that somebody was refused. */
    enum Level {
        INFO(LogLevel.INFO),
        NOTICE(LogLevel.NOTICE),
        WARN(LogLevel.WARN),
        ERROR(LogLevel.ERR);

        private final LogLevel meant;

        Level(LogLevel meant) {
            this.meant = meant;
        }

        LogLevel meant() {
            return meant;
        }
    }

    static final String ZONES = "limit-conn-zones";

    static final Settings<LimitSettings> SETTINGS =
            Settings.of(MethodHandles.lookup(), LimitSettings.class).at(StreamLevels.STREAM, StreamLevels.SERVER);

    static final Settings<Zone> ZONE =
            Settings.of(MethodHandles.lookup(), Zone.class).at(StreamLevels.STREAM.child(ZONES));
}
