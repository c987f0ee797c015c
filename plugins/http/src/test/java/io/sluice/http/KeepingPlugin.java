package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import java.util.function.Supplier;

/**
 * Keeps handles longer than it may. {@code keeping = on} with the path's end saying what: {@code /keep} keeps the request, the
 * connection and a Buf with a secret of it; {@code /use-request} and so on use what was kept and answer with what came of it.
 */
final class KeepingPlugin implements Plugin {
    static final ConsumerKey<String> OTHER = new ConsumerKey<>("other", String.class);

    private HttpRequest request;
    private Connection connection;
    private Buf buf;
    private long ticket;

    @Override
    public String id() {
        return "keeping";
    }

    @Override
    public void configure(PluginBinder binder) {
        binder.consumer(OTHER).withoutListen().to(NoConsumer::new);
        HttpBinder.of(binder).content("keeping", location -> worker -> this::handle);
    }

    private Outcome handle(HttpRequest now) {
        String path = now.path();
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "keep" -> {
                request = now;
                ticket = now.park();
                connection = now.connection();
                buf = now.pool().take(100);
                buf.putAscii("secret of the first client");
                yield now.respond(200, "kept");
            }
            case "fill" -> {
                Buf mine = now.pool().take(100);
                mine.putAscii("secret of the second client");
                yield now.respond(200, tried(() -> buf.text()));
            }
            case "use-request" -> now.respond(200, tried(() -> request.path()));
            case "use-request-header" -> now.respond(200, tried(() -> request.header("X-Secret")));
            case "answer-request" ->
                now.respond(200, tried(() -> request.respond(200, "stolen").toString()));
            case "finish-request" ->
                now.respond(200, tried(() -> {
                    request.finish(ticket);
                    return "finished";
                }));
            case "use-connection" ->
                now.respond(
                        200,
                        tried(() -> String.valueOf(connection.send(now.pool().take(5)))));
            case "close-connection" ->
                now.respond(200, tried(() -> {
                    connection.close(CloseReason.FINISHED);
                    return "closed";
                }));
            case "use-buf" -> now.respond(200, tried(() -> buf.text()));
            case "write-buf" ->
                now.respond(200, tried(() -> {
                    buf.put((byte) 'x');
                    return "written";
                }));
            case "foreign-claim" ->
                now.respond(200, tried(() -> now.connection().data(OTHER)));
            case "out-of-bounds" ->
                now.respond(200, tried(() -> {
                    Buf mine = now.pool().take(10);
                    return "" + mine.get(mine.end()) + mine.get(mine.start() - 1);
                }));
            default -> now.respond(200, now.header("X-Secret") == null ? "plain" : "secret");
        };
    }

    private static String tried(Supplier<String> use) {
        try {
            return "got " + use.get();
        } catch (RuntimeException refused) {
            return refused.getClass().getSimpleName() + ": " + refused.getMessage();
        }
    }

    private static final class NoConsumer implements Consumer<String> {
        @Override
        public void readable(String session) {}
    }
}
