package io.sluice.http.filter;

import io.sluice.core.buffer.Constant;
import io.sluice.core.variable.Template;
import io.sluice.http.HttpRequest;
import io.sluice.http.LocationPart;
import io.sluice.http.LocationView;
import io.sluice.http.parse.HeaderLine;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.KnownHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of one location add to its answers. Immutable, shared by all workers.
 *
 * @param trailers what follows a body in chunks
 * @param expires when an answer expires
 * @param varying the same as a text with variables, to be read for each answer; null if it has none
 */
record AddedHeaders(
        List<Added> headers,
        List<Added> trailers,
        Expires expires,
        @Nullable Template<HttpRequest> varying) {
    static final LocationPart<AddedHeaders> PART = LocationPart.of(AddedHeaders::read);

    /**
     * One header or trailer.
     *
     * @param id of its name, or -1
     * @param line the whole of it, if it is always the same; null else
     * @param replaces whether it takes the place of what the answer says: there is one Last-Modified and one ETag
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Added(
            byte[] name,
            int id,
            Template<HttpRequest> value,
            @Nullable Constant line,
            boolean always,
            boolean replaces) {}

    /** Whether nothing is ever added here. */
    boolean isEmpty() {
        return headers.isEmpty() && trailers.isEmpty() && varying == null && expires == Expires.OFF;
    }

    private static AddedHeaders read(LocationView location) {
        HeadersSettings settings = location.settings(HeadersSettings.KEY);
        List<Added> headers = added(location, "add-header", settings.addHeader());
        List<Added> trailers = added(location, "add-trailer", settings.addTrailer());
        String expires = settings.expires();
        if (expires.indexOf('$') >= 0) {
            return new AddedHeaders(headers, trailers, Expires.OFF, location.template("expires", expires));
        }
        try {
            return new AddedHeaders(headers, trailers, Expires.parse(expires), null);
        } catch (IllegalArgumentException wrong) {
            location.problem("expires", String.valueOf(wrong.getMessage()));
            return new AddedHeaders(headers, trailers, Expires.OFF, null);
        }
    }

    private static List<Added> added(LocationView location, String key, List<HeadersSettings.Added> settings) {
        List<Added> headers = new ArrayList<>();
        for (HeadersSettings.Added added : settings) {
            String wrong = fault(added);
            if (wrong != null) {
                location.problem(key, wrong);
            } else {
                headers.add(header(added, location.template(key, added.value())));
            }
        }
        return List.copyOf(headers);
    }

    private static Added header(HeadersSettings.Added added, Template<HttpRequest> value) {
        int id = KnownHeaders.STANDARD.idOf(added.name());
        boolean replaces = id == HeaderName.LAST_MODIFIED.ordinal() || id == HeaderName.ETAG.ordinal();
        Constant line = null;
        if (value.isConstant() && !added.value().isEmpty() && !replaces) {
            line = Constant.of((added.name() + ": " + added.value()).getBytes(StandardCharsets.UTF_8));
        }
        byte[] name = added.name().getBytes(StandardCharsets.US_ASCII);
        return new Added(name, id, value, line, added.always(), replaces);
    }

    private static @Nullable String fault(HeadersSettings.Added added) {
        String name = added.name();
        int id = KnownHeaders.STANDARD.idOf(name);
        if (id == HeaderName.CONTENT_LENGTH.ordinal() || (id >= 0 && HeaderName.values()[id].hopByHop())) {
            return name + " says how an answer is framed, which is not to be changed here";
        }
        return HeaderLine.fault(name, added.value());
    }
}
