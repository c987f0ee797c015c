package io.sluice.event.nio;

import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.file.FileOpener;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.AcceptSource;
import io.sluice.event.spi.DatagramSource;
import io.sluice.event.spi.Driver;
import io.sluice.event.spi.DriverSetup;
import io.sluice.event.spi.ListenSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Selector}. What a select finds is put in a queue, from which each poll takes as much as it may report, so that nothing is
 * lost when more is ready.
 *
 * <p><b>Thread:</b> the worker's, but for {@link #wakeup}.
 */
final class NioDriver implements Driver {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final NativeAccess memory;
    private final NioGather gather;
    private final NioScatter scatter;
    private final NioFiles files;
    private final ArrayDeque<NioWatch> found = new ArrayDeque<>();

    /** Made once: the way of select that puts nothing into a set. */
    private final Consumer<SelectionKey> finder = this::find;

    private final long[] tokens;
    private final int[] readiness;
    private final NioConnects connects = new NioConnects(this);
    private @Nullable NioDatagrams datagrams;
    private @Nullable NioReceiver receiver;
    private boolean wakeupMayBeLost;

    NioDriver(Selector selector, DriverSetup setup) {
        this.selector = selector;
        memory = setup.memory();
        gather = new NioGather(memory);
        scatter = new NioScatter(memory);
        files = new NioFiles(memory);
        tokens = new long[setup.resultsPerPoll()];
        readiness = new int[setup.resultsPerPoll()];
    }

    @Override
    public int poll(long nanos) {
        if (found.isEmpty()) {
            select(wakeupMayBeLost ? 0 : nanos);
            wakeupMayBeLost = false;
        }
        int count = 0;
        while (count < tokens.length) {
            NioWatch watch = found.poll();
            if (watch == null) {
                break;
            }
            int bits = watch.tell();
            // 0 if the socket was closed or taken out since it was found.
            if (bits != 0) {
                tokens[count] = watch.token();
                readiness[count] = bits;
                count++;
            }
        }
        return count;
    }

    private void select(long nanos) {
        try {
            int keys;
            if (nanos == 0) {
                keys = selector.selectNow(finder);
            } else if (nanos < 0) {
                keys = selector.select(finder);
            } else {
                keys = selector.select(finder, millis(nanos));
            }
            if (keys == 0) {
                // With an interrupt that somebody left on this thread no select would ever wait again.
                Thread.interrupted();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rounded up, so that a timer is due when its poll ends. */
    static long millis(long nanos) {
        return nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1);
    }

    private void find(SelectionKey key) {
        NioWatch watch = NioWatch.of(key);
        if (watch.selected(key.readyOps())) {
            found.add(watch);
        }
    }

    @Override
    public long token(int result) {
        return tokens[result];
    }

    @Override
    public int readiness(int result) {
        return readiness[result];
    }

    /** Repeated ones cost nothing: the JDK notes that one is under way, and makes a system call only for the first. */
    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public AcceptSource watch(ListenSocket socket, long token) {
        if (!(socket instanceof NioListenSocket listening)) {
            throw new IllegalArgumentException("a listening socket that another kind of driver opened");
        }
        try {
            return new NioAcceptSource(this, listening, watch(listening.channel(), SelectionKey.OP_ACCEPT, token));
        } catch (ClosedChannelException e) {
            throw new IllegalStateException("the listening socket is closed", e);
        }
    }

    @Override
    public DatagramSource datagrams(ListenSocket socket, long token, int most, long seed) {
        if (!(socket instanceof NioDatagramSocket listening)) {
            throw new IllegalArgumentException("a listening socket that another kind of driver opened");
        }
        NioReceiver made = receiver;
        if (made == null) {
            made = new NioReceiver(most);
            receiver = made;
        }
        try {
            NioWatch watch = watch(listening.channel(), SelectionKey.OP_READ, token);
            return new NioDatagramSource(this, listening, watch, made, seed);
        } catch (ClosedChannelException e) {
            throw new IllegalStateException("the listening socket is closed", e);
        }
    }

    /** Puts a socket into the selector. */
    NioWatch watch(SelectableChannel channel, int ops, long token) throws ClosedChannelException {
        if (NioWatch.lingers(channel.keyFor(selector))) {
            letGoOfCancelledKeys();
        }
        return new NioWatch(channel.register(selector, ops), ops, token);
    }

    /** Only a select does it. It may also swallow a wake-up meant for the next poll, which therefore must not wait. */
    private void letGoOfCancelledKeys() {
        select(0);
        wakeupMayBeLost = true;
    }

    @Override
    public @Nullable Endpoint connect(Address to, OutgoingOptions how, long token) {
        return connects.connect(to, how, token);
    }

    @Override
    public void adopt(Endpoint endpoint) {
        if (!(endpoint instanceof NioSocket socket)) {
            throw new IllegalArgumentException("a socket that another kind of driver made");
        }
        socket.adoptedBy(this);
    }

    @Override
    public IoFault fault() {
        return connects.fault();
    }

    @Override
    public FileOpener files() {
        return files;
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NativeAccess memory() {
        return memory;
    }

    /** Made when it is first needed: most workers never see a datagram. */
    NioDatagrams datagrams() {
        NioDatagrams made = datagrams;
        if (made == null) {
            made = new NioDatagrams();
            datagrams = made;
        }
        return made;
    }

    NioGather gather() {
        return gather;
    }

    NioScatter scatter() {
        return scatter;
    }
}
