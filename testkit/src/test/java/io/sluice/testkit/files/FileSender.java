package io.sluice.testkit.files;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.Io;
import io.sluice.core.file.FileLoader;
import io.sluice.core.file.FileOpener;
import io.sluice.core.file.LinkRule;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Sends parts of one file. A client says one byte: {@code p} for a ping, {@code f} for the whole file once it has been loaded, a digit
 * for a chain of parts that the digit chooses. Then the connection ends.
 */
final class FileSender implements Plugin {
    private final Path path;

    FileSender(Path path) {
        this.path = path;
    }

    @Override
    public String id() {
        return "sender";
    }

    @Override
    public void configure(PluginBinder binder) {
        binder.consumer("sender", Sending.class).with(context -> new Sender(context, path));
    }

    /** One client. */
    static final class Sending {
        private final Connection connection;
        private final Buf said;
        private @Nullable Chain rest;
        private @Nullable OpenFile file;
        private Random cuts = new Random(0);
        private boolean gone;

        private Sending(Connection connection) {
            this.connection = connection;
            said = connection.pool().take(16);
        }
    }

    private record Sender(WorkerContext context, Path path) implements Consumer<Sending> {
        @Override
        public Sending accepted(Connection c) {
            return new Sending(c);
        }

        @Override
        public void readable(Sending s) {
            if (s.file != null) {
                return;
            }
            int n = s.connection.recv(s.said);
            if (n == Io.AGAIN) {
                return;
            }
            if (n <= 0) {
                s.connection.close(CloseReason.PEER_CLOSED);
                return;
            }
            byte word = s.said.get(s.said.pos());
            s.file = Objects.requireNonNull(
                    context.service(FileOpener.class).open(path, LinkRule.FOLLOW), "the file cannot be opened");
            if (word == 'p') {
                Buf pong = s.connection.pool().take(16);
                pong.putAscii("pong");
                send(s, s.connection.pool().link(pong));
            } else if (word == 'f') {
                load(s);
            } else {
                s.cuts = new Random(word);
                send(s, Parts.of(word, s.file.size()).chain(s.connection.pool(), s.file));
            }
        }

        private void load(Sending s) {
            OpenFile file = Objects.requireNonNull(s.file);
            FileLoader loader = context.service(FileLoader.class);
            switch (loader.load(file, 0, file.size(), readable -> loaded(s, readable))) {
                case LOADED -> loaded(s, true);
                case COMING -> {}
                case REFUSED -> s.connection.close(CloseReason.FINISHED);
            }
        }

        private static void loaded(Sending s, boolean readable) {
            if (s.gone) {
                return;
            }
            OpenFile file = Objects.requireNonNull(s.file);
            if (readable) {
                send(s, s.connection.pool().link(s.connection.pool().file(file, 0, file.size())));
            } else {
                s.connection.close(CloseReason.IO_ERROR);
            }
        }

        @Override
        public void writable(Sending s) {
            if (s.rest != null) {
                send(s, s.rest);
            }
        }

        /** As much as goes, in bites that the seed chooses. */
        private static void send(Sending s, Chain chain) {
            Chain rest = chain;
            while (rest != null && s.connection.writeReady()) {
                long limit = 1 + s.cuts.nextInt(60_000);
                long before = Chain.size(rest);
                rest = s.connection.sendChain(rest, limit);
                if (rest == Chain.ERROR) {
                    s.connection.close(CloseReason.IO_ERROR);
                    return;
                }
                if (before - Chain.size(rest) > limit) {
                    throw new AssertionError("more was sent than the limit allows");
                }
            }
            s.rest = rest;
            if (rest == null) {
                s.connection.close(CloseReason.FINISHED);
            }
        }

        @Override
        public void closed(Sending s, CloseReason why) {
            s.gone = true;
            if (s.file != null) {
                s.file.close();
            }
        }
    }
}
