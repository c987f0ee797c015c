package io.sluice.http;

import io.sluice.core.config.Replaced;
import io.sluice.core.config.Settings;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;

/** {@code error-page}: what is sent in the place of short pages. See this module's reference.conf. */
record ErrorPageSettings(@Replaced List<Entry> errorPage, boolean recursiveErrorPages) {
    /**
     * One element of {@code error-page}.
     *
     * @param status whose pages are replaced
     * @param to a path with its query, a named location, or an address for a redirection; with variables
     * @param code the status of the answer instead; 0 for that of the page itself
     */
    record Entry(List<Integer> status, String to, Optional<Integer> code) {}

    static final LocationSettings<ErrorPageSettings> KEY =
            LocationSettings.of(Settings.of(MethodHandles.lookup(), ErrorPageSettings.class)
                    .at(HttpLevels.HTTP, HttpLevels.SERVER, HttpLevels.LOCATION));
}
