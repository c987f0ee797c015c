package io.sluice.files;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.FileKind;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import io.sluice.files.cache.FileCache;
import io.sluice.files.cache.KnownFile;
import io.sluice.files.name.PercentEncoding;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpHandler;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers a location with its files, in the order of nginx's content handlers: a path with a slash at its end with its index, its list or
 * 403, any other with the file.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class FilesHandler implements HttpHandler {
    private final FilesWorker worker;
    private final FilesConf conf;
    private final Place place;
    private final FileCache cache;
    private final Failure failure;
    private final Redirect redirect;
    private final @Nullable Autoindex autoindex;

    FilesHandler(FilesWorker worker, FilesConf conf) {
        this.worker = worker;
        this.conf = conf;
        this.place = Objects.requireNonNull(conf.place());
        this.cache = worker.cache(conf.cache());
        this.failure = new Failure(conf.logNotFound());
        this.redirect = new Redirect(conf.origin());
        this.autoindex = conf.listing() == null ? null : new Autoindex(worker.context(), conf.listing(), failure);
    }

    @Override
    public Outcome handle(HttpRequest request) {
        FileName name = worker.name();
        FileName.Mapped mapped = name.map(request, place);
        if (mapped != FileName.Mapped.INSIDE) {
            return failure.noName(request, name, mapped);
        }
        Method method = request.method();
        boolean reads = method == Method.GET || method == Method.HEAD;
        if (!reads && method != Method.POST) {
            return Failure.notAllowed(request);
        }
        return name.isFolder() ? folder(request, name, reads) : file(request, name, reads);
    }

    /** A POST may be for whoever answers the index. */
    private Outcome folder(HttpRequest request, FileName name, boolean reads) {
        LinkRule links = conf.links(request);
        Outcome index = index(request, name, links);
        if (index != null) {
            return index;
        }
        Autoindex list = autoindex;
        return list != null && reads ? list.answer(request, name) : Failure.noIndex(request, name);
    }

    /** Answers null if the folder is there and has none. */
    private @Nullable Outcome index(HttpRequest request, FileName name, LinkRule links) {
        List<IndexName> names = conf.index();
        int folder = name.length();
        for (int i = 0; i < names.size(); i++) {
            byte[] text = names.get(i).text(request);
            if (text.length == 0 || FolderCheck.hasDots(text, 0, text.length)) {
                // Made so by a variable.
                continue;
            }
            if (text[0] == '/') {
                return request.internalRedirect(latin1(text), query(request));
            }
            if (!name.append(text)) {
                continue;
            }
            FileKind kind = cache.kind(name.bytes(), name.length(), links);
            if (kind != null) {
                return request.internalRedirect(name.pathText() + latin1(text), query(request));
            }
            IoFault fault = cache.fault();
            int status = Failure.status(fault);
            if (status == 403) {
                return Failure.forbidden(request, name, fault);
            }
            if (status == 500) {
                return failure.opening(request, "stat()", name, fault);
            }
            name.truncate(folder);
        }
        return missing(request, name, links);
    }

    /** Answers null if the folder is there. */
    private @Nullable Outcome missing(HttpRequest request, FileName name, LinkRule links) {
        FileKind kind = cache.kind(name.bytes(), name.length(), links);
        if (kind == FileKind.DIRECTORY) {
            return null;
        }
        // Some drivers take a file's name with a slash behind it for the file's.
        IoFault fault = kind == null ? cache.fault() : IoFault.NO_SUCH_FILE;
        int status = Failure.status(fault);
        if (status == 404) {
            return failure.missing(request, name, fault);
        }
        return status == 403
                ? Failure.forbidden(request, name, fault)
                : failure.opening(request, "stat()", name, fault);
    }

    private Outcome file(HttpRequest request, FileName name, boolean reads) {
        KnownFile file = cache.open(name.bytes(), name.length(), conf.links(request));
        if (file == null) {
            return failure.opening(request, "open()", name, cache.fault());
        }
        FileKind kind = file.kind();
        if (kind == FileKind.REGULAR && reads) {
            FilesWorker.inUse(request).hold(request, cache, file);
            return send(request, name, file);
        }
        cache.release(file);
        return switch (kind) {
            case REGULAR -> Failure.notAllowed(request);
            case DIRECTORY -> redirect.toFolder(request, name);
            case OTHER -> Failure.noRegularFile(request, name);
        };
    }

    private Outcome send(HttpRequest request, FileName name, KnownFile file) {
        long size = file.size();
        request.status(200);
        request.responseLength(size);
        if (request.responseHeaderIndex(HeaderName.CONTENT_TYPE) < 0) {
            request.contentType(conf.types().of(name.path(), 0, name.pathLength()));
        }
        request.lastModified(file.modifiedSeconds());
        if (conf.etag()) {
            request.entityTag(file.entityTag());
        }
        request.allowRanges(true);
        FilterResult sent = request.sendHeader();
        if (sent != FilterResult.ERROR && request.isRunning() && !request.headerOnly() && size > 0) {
            Buf body = request.pool().file(file.file(), 0, size);
            body.lastBuf(request.isMain()).lastInChain(true);
            request.output(request.pool().link(body));
        }
        return Outcome.DONE;
    }

    private static @Nullable String query(HttpRequest request) {
        String query = request.query();
        if (query == null) {
            return null;
        }
        byte[] bytes = query.getBytes(StandardCharsets.ISO_8859_1);
        return PercentEncoding.query(bytes, 0, bytes.length);
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
