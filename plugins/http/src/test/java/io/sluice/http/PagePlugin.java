package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.testkit.wire.Await;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Assembles pages of parts. {@code page = "<{/a}|{/b}>"} is a template: what stands in braces is a subrequest. {@code part = on} parks
 * until the test lets it put out a piece or end; {@code part = fail} throws.
 */
final class PagePlugin implements Plugin {
    /** A part that waits for the test. */
    private record Waiting(HttpRequest request, WorkerContext worker, long ticket) {}

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Override
    public String id() {
        return "page";
    }

    @Override
    public void configure(PluginBinder binder) {
        HttpBinder.of(binder)
                .content("page", location -> {
                    String template = String.valueOf(location.section().value("page"));
                    return worker -> request -> page(request, template);
                })
                .content("part", location -> {
                    boolean fails =
                            String.valueOf(location.section().value("part")).contains("fail");
                    return worker -> request -> fails ? fail(request) : part(worker, request);
                });
    }

    private Outcome page(HttpRequest request, String template) {
        String text = template.substring(template.indexOf('<'), template.lastIndexOf('>') + 1);
        request.status(200);
        request.sendHeader();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            if (open != at) {
                put(request, text.substring(at, open < 0 ? text.length() : open));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            String path = text.substring(open + 1, close);
            request.subrequest(path, "of=" + request.path(), done -> told.add(done.status() + " " + done.path()));
            at = close + 1;
        }
        return Outcome.DONE;
    }

    private Outcome fail(HttpRequest request) {
        request.status(200);
        request.sendHeader();
        throw new IllegalStateException("on purpose, in " + request.path());
    }

    private Outcome part(WorkerContext worker, HttpRequest request) {
        long ticket = request.park();
        String path = request.path();
        request.listener(new RequestListener() {
            @Override
            public void aborted() {
                told.add("aborted " + path);
            }

            @Override
            public void writable() {
                told.add("writable " + path);
            }
        });
        request.status(200);
        request.sendHeader();
        waiting.put(path, new Waiting(request, worker, ticket));
        return Outcome.PARKED;
    }

    private static FilterResult put(HttpRequest request, String text) {
        Buf buf = request.pool().take(Math.max(1, text.length()));
        buf.putAscii(text);
        return request.output(request.pool().link(buf.flush(true)));
    }

    /** Lets a part put out a text, and tells what output has answered. */
    void put(String path, String text) {
        Waiting part = await(path);
        part.worker().execute(() -> {
            if (part.request().isParked(part.ticket())) {
                told.add(put(part.request(), text) + " " + path);
            }
        });
    }

    /** Lets a part end. */
    void end(String path) {
        Waiting part = await(path);
        waiting.remove(path);
        part.worker().execute(() -> part.request().finish(part.ticket()));
    }

    private Waiting await(String path) {
        Await.until(path + " waits", () -> waiting.containsKey(path));
        return waiting.get(path);
    }

    void awaitTold(String what) {
        Await.until("it is told " + what + " in " + told, () -> told.contains(what));
    }
}
