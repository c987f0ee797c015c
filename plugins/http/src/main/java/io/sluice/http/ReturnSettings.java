package io.sluice.http;

import io.sluice.core.config.Key;
import io.sluice.core.config.Local;
import io.sluice.core.config.Range;
import io.sluice.core.config.Settings;
import io.sluice.core.config.Shorthand;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

/** {@code return = { status = 200, text = "hello" }}, or a status alone. */
record ReturnSettings(@Local @Key("return") Optional<Answer> answer) {
    /**
     * What is answered.
     *
     * @param text with variables; for a redirection the address
     */
    record Answer(@Shorthand @Range(min = 200, max = 999) int status, Optional<String> text, Optional<String> type) {}

    static final LocationSettings<ReturnSettings> KEY = LocationSettings.of(
            Settings.of(MethodHandles.lookup(), ReturnSettings.class).at(HttpLevels.LOCATION));
}
