package io.sluice.http.filter;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Connection;
import io.sluice.core.log.LogLevel;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpFilter;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.HeaderLine;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HttpDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds what {@code add-header}, {@code add-trailer} and {@code expires} of a location say (ngx_http_headers_filter_module.c). */
final class HeadersFilter extends HttpFilter {
    /** A header that is longer is a mistake, or somebody's who may write variables' values. */
    private static final int MOST_VALUE_BYTES = 16 * 1024;

    private final ExpiresLines expires;

    HeadersFilter(WorkerContext worker, HttpFilter next) {
        super(next);
        this.expires = new ExpiresLines(worker.time());
    }

    @Override
    public FilterResult header(HttpRequest request) {
        if (!request.isMain()) {
            return below().header(request);
        }
        AddedHeaders added = request.part(AddedHeaders.PART);
        if (!added.isEmpty()) {
            add(request, added);
        }
        return below().header(request);
    }

    /** What is known only at the end of a body may stand in its trailers: they are made when it ends. */
    @Override
    public FilterResult body(HttpRequest request, @Nullable Chain in) {
        if (in != null && request.expectsTrailers() && Chain.last(in).buf().lastBuf()) {
            List<AddedHeaders.Added> trailers = request.part(AddedHeaders.PART).trailers();
            boolean success = isSuccess(request.status());
            for (int i = 0; i < trailers.size(); i++) {
                AddedHeaders.Added trailer = trailers.get(i);
                if (success || trailer.always()) {
                    addTrailer(request, trailer);
                }
            }
        }
        return below().body(request, in);
    }

    private void add(HttpRequest request, AddedHeaders added) {
        boolean success = isSuccess(request.status());
        if (success) {
            Template<HttpRequest> varying = added.varying();
            Expires when = varying == null ? added.expires() : evaluated(request, varying);
            if (when != Expires.OFF) {
                expires.put(request, when);
            }
        }
        for (int i = 0; i < added.headers().size(); i++) {
            AddedHeaders.Added header = added.headers().get(i);
            if (success || header.always()) {
                add(request, header);
            }
        }
        for (int i = 0; i < added.trailers().size(); i++) {
            if (success || added.trailers().get(i).always()) {
                request.expectTrailers();
            }
        }
    }

    /** nginx's list: answers whose body, or absence of one, is what the resource is. */
    private static boolean isSuccess(int status) {
        return switch (status) {
            case 200, 201, 204, 206, 301, 302, 303, 304, 307, 308 -> true;
            default -> false;
        };
    }

    private static Expires evaluated(HttpRequest request, Template<HttpRequest> text) {
        try {
            // A value that cannot be understood says nothing, as in nginx.
            return Expires.parse(request.evaluate(text).toString());
        } catch (IllegalArgumentException notUnderstood) {
            return Expires.OFF;
        }
    }

    private static void add(HttpRequest request, AddedHeaders.Added header) {
        int nameBytes = header.name().length;
        if (header.line() != null) {
            Buf line = request.pool().view(header.line());
            request.addLine(line, header.id(), nameBytes, line.start(), line.last());
            return;
        }
        BytesSink value = request.evaluate(header.value());
        if (!isValue(request, header, value)) {
            return;
        }
        if (header.replaces()) {
            replace(request, header, value);
        } else if (!value.isEmpty()) {
            Buf line = line(request, header, value);
            request.addLine(line, header.id(), header.name().length, line.start(), line.last());
        }
    }

    private static void addTrailer(HttpRequest request, AddedHeaders.Added trailer) {
        BytesSink value = request.evaluate(trailer.value());
        if (!value.isEmpty() && isValue(request, trailer, value)) {
            Buf line = line(request, trailer, value);
            request.addTrailer(line, trailer.name().length, line.start(), line.last());
        }
    }

    private static boolean isValue(HttpRequest request, AddedHeaders.Added header, BytesSink value) {
        boolean good = value.count() <= MOST_VALUE_BYTES && HeaderLine.isValue(value.array(), 0, value.count());
        if (!good) {
            Connection c = request.connection();
            c.log()
                    .at(LogLevel.WARN, c)
                    .text("a header that is to be added has a control character or too many bytes: ")
                    .text(header.name(), 0, header.name().length)
                    .write();
        }
        return good;
    }

    /** What comes of an answer's validators below must agree with what is written: ranges are compared with them. */
    private static void replace(HttpRequest request, AddedHeaders.Added header, BytesSink value) {
        if (header.id() == HeaderName.ETAG.ordinal()) {
            request.removeResponseHeader(HeaderName.ETAG);
            request.entityTag(value.isEmpty() ? null : Arrays.copyOf(value.array(), value.count()));
            return;
        }
        request.removeResponseHeader(HeaderName.LAST_MODIFIED);
        long date = HttpDate.parse(value.array(), 0, value.count());
        request.lastModified(date);
        if (date == HttpDate.NONE && !value.isEmpty()) {
            Buf line = line(request, header, value);
            request.addLine(line, header.id(), header.name().length, line.start(), line.last());
        }
    }

    private static Buf line(HttpRequest request, AddedHeaders.Added header, BytesSink value) {
        Buf line = request.pool().take(header.name().length + 2 + value.count());
        line.put(header.name());
        line.put((byte) ':');
        line.put((byte) ' ');
        line.put(value.array(), 0, value.count());
        return line;
    }
}
