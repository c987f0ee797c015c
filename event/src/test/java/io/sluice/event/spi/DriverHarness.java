package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Pool;
import io.sluice.core.buffer.Slabs;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.SystemClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contract needs of a driver under test: one open driver, memory, a listening socket, and a worker's patience.
 * The other side of a connection is a plain {@link Socket}. The contract's classes form one chain, so that a driver's
 * test extends one class, and all is public, because that class is in another package, which may not be open to this
 * one.
 */
public abstract class DriverHarness {
    protected static final long LISTENER = 1L << 32;
    private static final long PATIENCE_NANOS = 100_000_000;
    private static final int PATIENCE = 200;

    /** An accepted connection that is not attached yet, and its client. */
    protected record Pair(Endpoint ours, Socket theirs) {
        void close() throws IOException {
            ours.close();
            theirs.close();
        }
    }

    private final List<AutoCloseable> toClose = new ArrayList<>();
    protected Slabs slabs;
    protected Pool pool;
    protected Driver driver;

    protected abstract DriverFactory factory();

    @BeforeEach
    public void open() {
        slabs = new Slabs(new MemoryBudget(1 << 26), true);
        pool = slabs.pool();
        driver = anotherDriver();
    }

    @AfterEach
    public void close() throws Exception {
        for (AutoCloseable resource : toClose.reversed()) {
            resource.close();
        }
        pool.end();
        slabs.close();
    }

    /** Closes something when the test ends, before what was given earlier. */
    protected <T extends AutoCloseable> T closing(T resource) {
        toClose.add(resource);
        return resource;
    }

    protected Endpoint closing(Endpoint endpoint) {
        toClose.add(endpoint::close);
        return endpoint;
    }

    protected DriverSetup setup(int resultsPerPoll) {
        return new DriverSetup(slabs.nativeAccess(), resultsPerPoll, new CachedTime(new SystemClock(), ZoneOffset.UTC));
    }

    protected Driver anotherDriver() {
        return closing(factory().open(setup(64)));
    }

    protected boolean can(Capability capability) {
        return factory().capabilities().contains(capability);
    }

    // ---- sockets

    protected static Address loopback(int port) {
        return Address.inet(new byte[] {127, 0, 0, 1}, port);
    }

    protected static Listening listening(Address address) {
        return listening(address, ListenOptions.DEFAULT);
    }

    protected static Listening listening(Address address, ListenOptions options) {
        return new Listening(address, options, "test", null, null, "test.conf:1");
    }

    protected ListenSocket listen(Address address) throws ListenException {
        return closing(factory().listen(listening(address)));
    }

    /** A client of this machine, connected to a listening socket of the internet family. */
    protected Socket client(Address address) throws IOException {
        return closing(new Socket(InetAddress.getByAddress(address.bytes()), address.port()));
    }

    /** Takes the next connection, which must be on its way. */
    protected Endpoint accept(AcceptSource source) {
        for (int i = 0; i < PATIENCE; i++) {
            Endpoint endpoint = source.accept();
            if (endpoint != null) {
                return closing(endpoint);
            }
            driver.poll(PATIENCE_NANOS);
        }
        return fail("nobody connected");
    }

    protected static OutgoingOptions from(Address local) {
        return OutgoingOptions.DEFAULT.with().local(local).build();
    }

    /** What a connect answered, which must be a socket. */
    protected Endpoint connecting(Endpoint endpoint) {
        assertNotNull(endpoint, () -> "connect answered " + driver.fault());
        return endpoint;
    }

    /** A fresh connection of a client to a socket that is closed when the test ends. */
    protected Pair pair() throws IOException, ListenException {
        ListenSocket socket = listen(loopback(0));
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        Socket theirs = client(socket.address());
        return new Pair(accept(source), theirs);
    }

    // ---- readiness

    /**
     * Polls until a socket was reported with all of these bits, perhaps in several reports. Reports of others are
     * dropped.
     */
    protected int await(long token, int bits) {
        return await(driver, token, bits);
    }

    protected static int await(Driver driver, long token, int bits) {
        int seen = 0;
        for (int i = 0; i < PATIENCE; i++) {
            seen |= reported(driver, token, PATIENCE_NANOS);
            if ((seen & bits) == bits) {
                return seen;
            }
        }
        return fail("token " + token + " was reported with " + seen + ", not with " + bits);
    }

    /** The bits of what is reported for a socket without waiting; 0 if nothing is. */
    protected int reported(long token) {
        return reported(driver, token, 0);
    }

    protected static int reported(Driver driver, long token, long nanos) {
        int seen = 0;
        int results = driver.poll(nanos);
        for (int i = 0; i < results; i++) {
            if (driver.token(i) == token) {
                seen |= driver.readiness(i);
            }
        }
        return seen;
    }

    // ---- bytes

    protected Buf buf(String text) {
        Buf buf = pool.take(Math.max(1, text.length()));
        buf.putAscii(text);
        return buf;
    }

    protected Chain chain(Buf... bufs) {
        Chain first = null;
        for (int i = bufs.length - 1; i >= 0; i--) {
            Chain link = pool.link(bufs[i]);
            link.next(first);
            first = link;
        }
        return Objects.requireNonNull(first);
    }

    /** Sends from the client's side. */
    protected static void send(Socket theirs, String text) throws IOException {
        theirs.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Receives so many bytes at the client's side. */
    protected static String receive(Socket theirs, int bytes) throws IOException {
        byte[] received = theirs.getInputStream().readNBytes(bytes);
        assertEquals(bytes, received.length, "bytes received");
        return new String(received, StandardCharsets.ISO_8859_1);
    }

    /** Reads what arrives until there are so many bytes; the socket is attached under the token. */
    protected String read(Endpoint endpoint, long token, int bytes) {
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            Buf into = pool.take(1024);
            int n = endpoint.read(into);
            if (n == Io.AGAIN) {
                endpoint.awaitRead();
                await(token, Readiness.READ);
            } else if (n > 0) {
                text.append(into.text());
            } else {
                return fail("read answered " + n + " after " + text);
            }
        }
        return text.toString();
    }
}
