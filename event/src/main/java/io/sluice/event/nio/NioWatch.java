package io.sluice.event.nio;

import io.sluice.event.spi.Readiness;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * One socket in one driver's selector: what the key is armed for, and what the loop has not been told yet. Makes edges of the
 * selector's levels.
 *
 * <p>A change of what a key is armed for costs a system call at the next select. Reading therefore stays armed while it can: a loop that
 * reads what it was told of never changes anything. Only when the selector says a second time what nobody has acted on is reading
 * disarmed, until {@link #awaitRead}. Writing is the other way round: a socket is nearly always writable, so it is armed only while
 * somebody waits for it; taken off and put on again within one turn, it costs no system call either.
 *
 * <p><b>Thread:</b> the driver's worker. <b>Owner:</b> the endpoint or the accept source it was made for.
 */
final class NioWatch {
    private static final int WRITING = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private final SelectionKey key;
    private long token;
    private int armed;
    private boolean readTold;
    private int untold;

    /** @param armed what the key was registered with */
    NioWatch(SelectionKey key, int armed, long token) {
        this.key = key;
        this.armed = armed;
        this.token = token;
        key.attach(this);
    }

    /** The watch of a key that the selector has reported. */
    static NioWatch of(SelectionKey key) {
        if (key.attachment() instanceof NioWatch watch) {
            return watch;
        }
        throw new IllegalStateException("a key that this driver did not register");
    }

    long token() {
        return token;
    }

    /**
     * Takes note of what the selector found.
     *
     * @return whether there is something to tell, and was not before
     */
    boolean selected(int ops) {
        int before = untold;
        if ((ops & SelectionKey.OP_ACCEPT) != 0) {
            untold |= Readiness.READ;
        }
        if ((ops & SelectionKey.OP_READ) != 0) {
            if (readTold) {
                arm(armed & ~SelectionKey.OP_READ);
            } else {
                readTold = true;
                untold |= Readiness.READ;
            }
        }
        if ((ops & WRITING) != 0) {
            arm(armed & ~WRITING);
            untold |= Readiness.WRITE;
        }
        return before == 0 && untold != 0;
    }

    /** {@link Readiness} bits to tell now, or 0 if there is nothing to tell any more. */
    int tell() {
        int bits = untold;
        untold = 0;
        return bits;
    }

    /** Begins anew under another token, as if the key had just been registered. */
    void renew(int ops, long withToken) {
        token = withToken;
        untold = 0;
        readTold = false;
        arm(ops);
    }

    /** What was told of reading has been acted on. */
    void awaitRead() {
        readTold = false;
        if ((armed & SelectionKey.OP_READ) == 0) {
            arm(armed | SelectionKey.OP_READ);
        }
    }

    void awaitWrite() {
        arm(armed | SelectionKey.OP_WRITE);
    }

    /** Waits once more for the end of a connect. */
    void awaitConnect() {
        arm(armed | SelectionKey.OP_CONNECT);
    }

    /** Tells of queued connections, or not; what was found and not told is dropped. */
    void accepting(boolean on) {
        untold = 0;
        arm(on ? SelectionKey.OP_ACCEPT : 0);
    }

    /** Tells of datagrams, or not; what was found and not told is dropped. */
    void receiving(boolean on) {
        untold = 0;
        readTold = false;
        arm(on ? SelectionKey.OP_READ : 0);
    }

    boolean isAccepting() {
        return armed == SelectionKey.OP_ACCEPT;
    }

    /** Takes the socket out of the selector, which lets go of it at its next select; nothing more is told. */
    void end() {
        untold = 0;
        key.cancel();
    }

    private void arm(int ops) {
        // The JDK closes a channel whose connect failed, and the key is void then.
        if (ops != armed && key.isValid()) {
            armed = ops;
            key.interestOps(ops);
        }
    }

    /** Whether a socket's former key still sits in a selector, which takes no second one. */
    static boolean lingers(@Nullable SelectionKey key) {
        return key != null && !key.isValid();
    }
}
