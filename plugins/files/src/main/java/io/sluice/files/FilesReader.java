package io.sluice.files;

import com.typesafe.config.ConfigValue;
import io.sluice.core.file.LinkRule;
import io.sluice.core.variable.Template;
import io.sluice.files.listing.ListingStyle;
import io.sluice.files.type.MimeTypes;
import io.sluice.files.type.TypeSettings;
import io.sluice.http.HttpRequest;
import io.sluice.http.LocationView;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Makes of each location's settings what its requests need. Used for one load. */
final class FilesReader {
    /** What a table of types is made of: many locations have the same. */
    private record TypeKey(ConfigValue types, ConfigValue more, String byDefault) {}

    private final Path prefix;
    private final Map<TypeKey, MimeTypes> tables = new HashMap<>();

    FilesReader(Path prefix) {
        this.prefix = prefix;
    }

    FilesConf read(LocationView location) {
        FilesSettings settings = location.settings(FilesSettings.KEY);
        Place place = Place.read(location, settings, prefix);
        FilesSettings.DisableSymlinks links = settings.disableSymlinks();
        String from = links.from().orElse("");
        Template<HttpRequest> linksFrom = location.template("disable-symlinks.from", from);
        LinkRule rule = links.mode().rule();
        boolean follows = rule.links() == LinkRule.Links.FOLLOW;
        return new FilesConf(
                place,
                IndexName.read(location, settings.index()),
                TryFiles.read(location, settings.tryFiles(), place),
                settings.autoindex().enabled() ? style(settings.autoindex()) : null,
                follows || from.isEmpty() || !linksFrom.isConstant() ? rule : rule.from(from),
                follows || linksFrom.isConstant() ? null : linksFrom,
                settings.openFileCache(),
                types(location, settings),
                settings.etag(),
                settings.logNotFound(),
                settings.absoluteRedirect() ? location.template("absolute-redirect", "$scheme://$host") : null);
    }

    private static ListingStyle style(FilesSettings.Autoindex settings) {
        return new ListingStyle(
                settings.format(),
                settings.exactSize(),
                settings.localtime() ? ZoneId.systemDefault() : ZoneOffset.UTC,
                settings.maxEntries());
    }

    private MimeTypes types(LocationView location, FilesSettings settings) {
        TypeKey key = new TypeKey(settings.types(), settings.moreTypes(), settings.defaultType());
        return tables.computeIfAbsent(
                key,
                _ -> new TypeSettings()
                        .add(key.types(), message -> location.problem("types", message))
                        .add(key.more(), message -> location.problem("more-types", message))
                        .table(key.byDefault()));
    }
}
