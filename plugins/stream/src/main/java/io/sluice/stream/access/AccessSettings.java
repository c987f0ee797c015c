package io.sluice.stream.access;

import io.sluice.core.config.Here;
import io.sluice.core.config.Replaced;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.stream.StreamLevels;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;

/** The rules of stream or a server: those of the nearest level as a whole. */
record AccessSettings(@Replaced List<Rule> access) {
    /** One element of {@code access}: either of them. */
    record Rule(
            Optional<String> allow,
            Optional<String> deny,
            @Here Section here) {}

    static final Settings<AccessSettings> SETTINGS =
            Settings.of(MethodHandles.lookup(), AccessSettings.class).at(StreamLevels.STREAM, StreamLevels.SERVER);
}
