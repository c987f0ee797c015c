package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Io;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import java.util.Set;
import java.util.TreeSet;

/** {@code count-body = on}: reads the body through a small Buf and answers how many bytes there were, and which. */
final class BodyCounting implements Plugin {
    private static final int BUF_BYTES = 2000;

    @Override
    public String id() {
        return "count-body";
    }

    @Override
    public void configure(PluginBinder binder) {
        HttpBinder.of(binder)
                .content("count-body", _ -> _ -> request -> new Reading(request).start())
                .reserve(BUF_BYTES);
    }

    private static final class Reading implements RequestListener {
        private final HttpRequest request;
        private final Buf buf;
        private final Set<String> seen = new TreeSet<>();
        private long count;
        private long ticket;

        private Reading(HttpRequest request) {
            this.request = request;
            this.buf = request.pool().take(BUF_BYTES);
        }

        private Outcome start() {
            ticket = request.park();
            request.listener(this);
            bodyReadable();
            return Outcome.PARKED;
        }

        @Override
        public void bodyReadable() {
            while (true) {
                buf.clear();
                int n = request.readBody(buf);
                if (n == Io.AGAIN || n == Io.ERROR) {
                    return;
                }
                if (n == Io.END) {
                    request.respond(200, count + (count == 0 ? " x" : " " + String.join("", seen)));
                    request.finish(ticket);
                    return;
                }
                count += n;
                for (int i = 0; i < n; i++) {
                    seen.add(String.valueOf((char) buf.get(buf.pos() + i)));
                }
            }
        }

        @Override
        public void aborted() {}
    }
}
