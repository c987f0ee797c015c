package io.sluice.files;

import com.typesafe.config.ConfigValue;
import io.sluice.core.config.Local;
import io.sluice.core.config.Range;
import io.sluice.core.config.Settings;
import io.sluice.core.config.Shorthand;
import io.sluice.core.file.LinkRule;
import io.sluice.files.cache.CacheSettings;
import io.sluice.files.listing.ListingFormat;
import io.sluice.http.HttpLevels;
import io.sluice.http.LocationSettings;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;

/** What http, a server or a location says of its files. See this module's reference.conf for each. */
record FilesSettings(
        Optional<String> root,
        @Local Optional<String> alias,
        List<String> index,
        @Local List<String> tryFiles,
        Autoindex autoindex,
        DisableSymlinks disableSymlinks,
        CacheSettings openFileCache,
        boolean etag,
        boolean logNotFound,
        boolean absoluteRedirect,
        String defaultType,
        ConfigValue types,
        ConfigValue moreTypes) {

    /** The group {@code autoindex}. */
    record Autoindex(
            boolean enabled,
            boolean exactSize,
            ListingFormat format,
            boolean localtime,
            @Range(min = 1, max = 10_000_000) int maxEntries) {}

    /** The group {@code disable-symlinks}. */
    record DisableSymlinks(@Shorthand Mode mode, Optional<String> from) {
        /** As nginx names them: what is disabled, so that off follows all. */
        enum Mode {
            OFF,
            ON,
            IF_NOT_OWNER;

            LinkRule rule() {
                return switch (this) {
                    case OFF -> LinkRule.FOLLOW;
                    case ON -> LinkRule.REFUSE;
                    case IF_NOT_OWNER -> LinkRule.IF_NOT_OWNER;
                };
            }
        }
    }

    static final LocationSettings<FilesSettings> KEY =
            LocationSettings.of(Settings.of(MethodHandles.lookup(), FilesSettings.class)
                    .at(HttpLevels.HTTP, HttpLevels.SERVER, HttpLevels.LOCATION));
}
