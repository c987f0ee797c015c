package io.sluice.testkit.driver;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of what is scripted, bytes or datagrams. As strict as any driver may be: a report comes once, and again only when the
 * server has asked for it; a socket used after its close, or closed twice, is an error here, because with a real driver it would be another
 * client's.
 */
abstract class ScriptedSocket extends Endpoint implements Told {
    private ScriptedDriver driver;
    private final Address remote;
    private final Address local;
    private boolean attached;
    private long token;

    /** Whether the server waits for something to read. A report takes it back. */
    boolean readArmed;

    /** Whether it waits for room. A report takes it back. */
    boolean writeArmed;

    boolean closed;

    ScriptedSocket(ScriptedDriver driver, Address remote, Address local) {
        this.driver = driver;
        this.remote = remote;
        this.local = local;
    }

    final ScriptedDriver driver() {
        return driver;
    }

    final void adoptedBy(ScriptedDriver other) {
        if (attached) {
            throw new IllegalStateException("the socket is still attached");
        }
        driver = other;
    }

    @Override
    public final long token() {
        return token;
    }

    @Override
    public void attach(long withToken, boolean write) {
        check();
        token = withToken;
        readArmed = true;
        writeArmed |= write;
        if (!attached) {
            attached = true;
            driver.attach(this);
        }
    }

    @Override
    public final boolean attached() {
        return attached;
    }

    @Override
    public final void detach() {
        if (attached) {
            attached = false;
            driver.detach(this);
        }
    }

    @Override
    public final void awaitRead() {
        readArmed = true;
    }

    @Override
    public final void awaitWrite() {
        writeArmed = true;
    }

    @Override
    public final Address remoteAddress() {
        return remote;
    }

    @Override
    public final @Nullable Address localAddress() {
        return local;
    }

    @Override
    public void close() {
        check();
        detach();
        closed = true;
    }

    final void check() {
        if (closed) {
            throw new IllegalStateException(
                    "the socket to " + remote + " is closed: with a real driver this would touch another one");
        }
    }
}
