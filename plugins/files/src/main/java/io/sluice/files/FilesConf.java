package io.sluice.files;

import io.sluice.core.file.LinkRule;
import io.sluice.core.variable.Template;
import io.sluice.files.cache.CacheSettings;
import io.sluice.files.listing.ListingStyle;
import io.sluice.files.type.MimeTypes;
import io.sluice.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one location is answered with files, ready for use. Immutable, shared by all workers.
 *
 * @param place null if the location has no files
 * @param listing null if folders are not listed
 * @param linksFrom null if the rule for links is the same for all requests
 * @param origin scheme and host of the request, for redirects; null if they do not name them
 */
record FilesConf(
        @Nullable Place place,
        List<IndexName> index,
        @Nullable TryFiles tryFiles,
        @Nullable ListingStyle listing,
        LinkRule links,
        @Nullable Template<HttpRequest> linksFrom,
        CacheSettings cache,
        MimeTypes types,
        boolean etag,
        boolean logNotFound,
        @Nullable Template<HttpRequest> origin) {

    LinkRule links(HttpRequest request) {
        Template<HttpRequest> from = linksFrom;
        if (from == null) {
            return links;
        }
        return links.from(new String(request.evaluate(from).toBytes(), StandardCharsets.UTF_8));
    }
}
