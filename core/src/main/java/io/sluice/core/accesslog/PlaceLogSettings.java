package io.sluice.core.accesslog;

import io.sluice.core.config.Here;
import io.sluice.core.config.Key;
import io.sluice.core.config.Replaced;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.config.Shorthand;
import io.sluice.core.plugin.ErrorLogSetting;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;

/**
 * The logs of one place: each kind as a whole from the nearest that sets it.
 *
 * @param errorLog empty for that of the process
 */
record PlaceLogSettings(
        @Replaced Optional<List<ErrorLogSetting>> errorLog,
        @Replaced List<Access> accessLog) {

    /**
     * One element of {@code access-log}.
     *
     * @param file relative to the prefix
     * @param format a name of {@code log-format}, or the text itself
     * @param condition a text with variables: a request or session for which it is empty or 0 is not logged
     */
    record Access(
            boolean enabled,
            @Shorthand Optional<String> file,
            String format,
            @Key("if") Optional<String> condition,
            @Here Section here) {}

    /**
     * One entry of {@code log-format}.
     *
     * @param text with variables
     * @param escape what becomes of bytes that could end a value or a line
     */
    record Format(
            @Shorthand String text, LogEscape escape, @Here Section here) {
        /** The key that a plain text sets. */
        static final String SHORTHAND = "text";
    }

    /** To be read where a plugin's places are. */
    static final Settings<PlaceLogSettings> SETTINGS = Settings.of(MethodHandles.lookup(), PlaceLogSettings.class);

    static final String FORMATS = "log-format";

    static final Settings<Format> FORMAT = Settings.of(MethodHandles.lookup(), Format.class);
}
