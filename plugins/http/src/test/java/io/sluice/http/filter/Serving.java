package io.sluice.http.filter;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.file.FileOpener;
import io.sluice.core.file.LinkRule;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** {@code serve = on}: answers what the test says, with bodies of memory and of files. */
final class Serving implements Plugin {
    /** What the test makes of a request. */
    interface Answer {
        Outcome to(HttpRequest request, WorkerContext worker);
    }

    static final long MODIFIED = 784_111_777L;
    static final String TAG = "\"tag\"";

    volatile Answer answer = (request, _) -> whole(request, "0123456789");

    @Override
    public String id() {
        return "serve";
    }

    @Override
    public void configure(PluginBinder binder) {
        HttpBinder.of(binder)
                .content("serve", _ -> worker -> request -> answer.to(request, worker))
                .sendsFiles();
    }

    /** The header of an answer that may be cut and compared. */
    static void describe(HttpRequest request, long length) {
        request.status(200);
        request.contentType("text/plain".getBytes(StandardCharsets.US_ASCII));
        request.responseLength(length);
        request.lastModified(MODIFIED);
        request.entityTag(TAG.getBytes(StandardCharsets.US_ASCII));
        request.allowRanges(true);
    }

    /** A whole body of memory. */
    static Outcome whole(HttpRequest request, String body) {
        describe(request, body.length());
        return request.sendHeader() == FilterResult.ERROR || request.headerOnly()
                ? Outcome.DONE
                : sent(request, memory(request, body, true));
    }

    static Outcome sent(HttpRequest request, Chain body) {
        request.output(body);
        return Outcome.DONE;
    }

    static Chain memory(HttpRequest request, String text, boolean last) {
        Buf buf = request.pool().take(Math.max(1, text.length()));
        buf.put(text.getBytes(StandardCharsets.ISO_8859_1));
        return request.pool().link(buf.lastBuf(last).lastInChain(last));
    }

    /** Opens a file until the request ends. */
    static OpenFile open(HttpRequest request, WorkerContext worker, Path path) {
        OpenFile file = worker.service(FileOpener.class).open(path, LinkRule.FOLLOW);
        if (file == null) {
            throw new IllegalStateException("cannot open " + path);
        }
        request.pool().onEnd(file::close);
        return file;
    }

    /** A whole file. */
    static Outcome file(HttpRequest request, WorkerContext worker, Path path) {
        OpenFile file = open(request, worker, path);
        describe(request, file.size());
        return request.sendHeader() == FilterResult.ERROR || request.headerOnly()
                ? Outcome.DONE
                : sent(request, request.piece(file, 0, file.size(), true));
    }
}
