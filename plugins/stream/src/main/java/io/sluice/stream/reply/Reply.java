package io.sluice.stream.reply;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.buffer.Slabs;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Direction;
import io.sluice.core.connection.Io;
import io.sluice.core.log.LogLevel;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.stream.SessionListener;
import io.sluice.stream.StreamSession;
import org.jspecify.annotations.Nullable;

/**
 * A text on its way to a client. What the client sends is never read.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Reply implements SessionListener {
    /** As in nginx, for each step. */
    private static final long SEND_MILLIS = 5_000;

    private final Pool pool;
    private final StreamSession session;
    private final Connection c;
    private byte[] text = new byte[0];
    private @Nullable Buf buf;

    Reply(Pool pool, StreamSession session) {
        this.pool = pool;
        this.session = session;
        this.c = session.connection();
    }

    void start(Template<StreamSession> template) {
        session.listener(this);
        BytesSink value = session.evaluate(template);
        if (value.count() > Slabs.LARGEST_BLOCK) {
            c.log().log(LogLevel.ERR, c, "the text of return is larger than 64k");
            session.end(StreamSession.INTERNAL_ERROR);
            return;
        }
        text = value.toBytes();
        memoryFreed();
    }

    @Override
    public void memoryFreed() {
        if (buf == null && text.length > 0) {
            if (!session.memory().reserve(text.length)) {
                return;
            }
            Buf made = pool.take(text.length);
            made.put(text);
            buf = made;
        }
        clientWritable();
    }

    @Override
    public void clientWritable() {
        Buf left = buf;
        while (left != null && left.size() > 0) {
            if (!c.writeReady()) {
                c.buffer(session.writeBit());
                c.writeTimeout(SEND_MILLIS);
                return;
            }
            if (c.send(left) == Io.ERROR) {
                session.end(StreamSession.INTERNAL_ERROR);
                return;
            }
        }
        session.end(StreamSession.OK);
    }

    @Override
    public void clientTimedOut(Direction direction) {
        c.log().log(LogLevel.INFO, c, "client timed out");
        session.end(StreamSession.OK);
    }

    @Override
    public String action() {
        return "returning text";
    }

    @Override
    public void ended() {
        buf = null;
        pool.end();
    }
}
