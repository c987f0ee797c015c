package io.sluice.core.plugin;

import io.sluice.core.config.Here;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.config.Shorthand;
import io.sluice.core.log.LogLevel;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;

/**
 * One entry of an {@code error-log} setting, which is a list of them (nginx's error_log). A plugin with places of its own, as HTTP's
 * locations, holds a {@code @Replaced Optional<List<ErrorLogSetting>>} in its settings record and opens it with {@link OpenLogs}.
 *
 * @param file relative to the prefix, or {@code stderr}
 * @param level the most talkative one that is written
 * @param here for messages
 */
public record ErrorLogSetting(
        @Shorthand String file, Level level, @Here Section here) {
    /** The words of {@link LogLevel}, but for the one that nobody can choose. */
    public enum Level {
        DEBUG(LogLevel.DEBUG),
        INFO(LogLevel.INFO),
        NOTICE(LogLevel.NOTICE),
        WARN(LogLevel.WARN),
        ERROR(LogLevel.ERR),
        CRIT(LogLevel.CRIT),
        ALERT(LogLevel.ALERT),
        EMERG(LogLevel.EMERG);

        private final LogLevel meant;

        Level(LogLevel meant) {
            this.meant = meant;
        }

        public LogLevel meant() {
            return meant;
        }
    }

    /** The setting at the top of a configuration. */
    record Outermost(Optional<List<ErrorLogSetting>> errorLog) {}

    private static final Settings<Outermost> OUTERMOST =
            Settings.of(MethodHandles.lookup(), Outermost.class).at(io.sluice.core.config.Level.ROOT);

    /** Reads what reference.conf says of an entry, where the user has written none. */
    private static final Settings<ErrorLogSetting> UNSET = Settings.of(MethodHandles.lookup(), ErrorLogSetting.class)
            .under("error-log")
            .at(io.sluice.core.config.Level.ROOT);

    /** Those of the whole process: what the top of the configuration says, else one with the defaults. */
    public static List<ErrorLogSetting> outermost(Section root) {
        return OUTERMOST.read(root).errorLog().orElseGet(() -> List.of(UNSET.read(root)));
    }
}
