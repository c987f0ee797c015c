package io.sluice.testkit.driver;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Listening;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.Capability;
import io.sluice.event.spi.Driver;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.DriverSetup;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The network of one stepped server, without sockets. The test connects to what the server listens on, and answers the connects that the
 * server makes.
 *
 * <p><b>Thread:</b> the test's.
 */
public final class ScriptedDriverFactory implements DriverFactory {
    private static final int FIRST_PORT = 10_000;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Set<Capability> capabilities;
    private final List<ScriptedDriver> drivers = new ArrayList<>();
    private final List<ScriptedListening> listenings = new ArrayList<>();
    private final List<ScriptedDatagramListening> datagramListenings = new ArrayList<>();

    /** All listening sockets, in the order in which they were opened. */
    private final List<ListenSocket> opened = new ArrayList<>();

    private final List<ScriptedDatagrams> datagramPeers = new ArrayList<>();
    private final Deque<ScriptedDatagrams> dialledDatagrams = new ArrayDeque<>();
    private IoFault receiveFault = IoFault.NONE;
    private final List<ScriptedConnection> connections = new ArrayList<>();
    private final Deque<ScriptedConnection> dialled = new ArrayDeque<>();
    private final Map<Address, IoFault> unreachable = new HashMap<>();
    private int nextPort = FIRST_PORT;
    private boolean exhausted;
    private boolean refusesToWatch;

    /** A driver that can do everything. */
    public ScriptedDriverFactory() {
        this(EnumSet.allOf(Capability.class));
    }

    /**
     * A driver that can do less. Without {@link Capability#PEER_CLOSE_EVENT} it tells of an end or a reset only when somebody waits, as NIO
     * does.
     */
    public ScriptedDriverFactory(Set<Capability> capabilities) {
        this.capabilities = Set.copyOf(capabilities);
    }

    // ---- for the test

    /** A client connects to the n-th listening address; the server accepts it when it turns. */
    public ScriptedConnection connect(int listening) {
        if (!(opened.get(listening) instanceof ScriptedListening to)) {
            throw new IllegalArgumentException(opened.get(listening).address() + " is for datagrams");
        }
        if (to.isClosed()) {
            throw new IllegalStateException(to.address() + " is closed");
        }
        Address client = Address.inet(LOOPBACK, nextPort++);
        ScriptedConnection made =
                new ScriptedConnection(new ScriptedEndpoint(drivers.getFirst(), client, to.address(), false));
        connections.add(made);
        to.waiting.add(made);
        return made;
    }

    /** A client connects to the first listening address. */
    public ScriptedConnection connect() {
        return connect(0);
    }

    /**
     * The oldest connect of the server that the test has not seen yet. It is in progress until the test answers it.
     *
     * @throws AssertionError if the server has made none
     */
    public ScriptedConnection outgoing() {
        ScriptedConnection next = dialled.poll();
        if (next == null) {
            throw new AssertionError("the server has not connected to anybody, or the test has seen it all");
        }
        return next;
    }

    /** A client that sends datagrams to the n-th listening address, with an address of its own. */
    public ScriptedDatagrams datagrams(int listening) {
        return datagrams(listening, Address.inet(LOOPBACK, nextPort++));
    }

    /**
     * A client at an address, which may be another's; null for one without a name, as a unix socket may be. The worker of a client is
     * always the same.
     */
    public ScriptedDatagrams datagrams(int listening, @Nullable Address client) {
        ListenSocket socket = opened.get(listening);
        if (!(socket instanceof ScriptedDatagramListening to)) {
            throw new IllegalArgumentException(socket.address() + " is for streams");
        }
        int hash = client == null ? 0 : client.hashCode();
        return new ScriptedDatagrams(client, to.address(), to.of(hash).waiting);
    }

    /**
     * The oldest peer whom the server has connected to for datagrams, and whom the test has not seen yet.
     *
     * @throws AssertionError if there is none
     */
    public ScriptedDatagrams outgoingDatagrams() {
        ScriptedDatagrams next = dialledDatagrams.poll();
        if (next == null) {
            throw new AssertionError("the server has connected to nobody for datagrams, or the test has seen them all");
        }
        return next;
    }

    /** While it is not {@link IoFault#NONE}, the server cannot receive datagrams. */
    public void refuseToReceive(IoFault fault) {
        receiveFault = fault;
    }

    /** Whether the server has made connects that the test has not seen. */
    public boolean hasOutgoing() {
        return !dialled.isEmpty();
    }

    /** Connects to an address fail at once from now on; {@link IoFault#NONE} lets them go on again. */
    public void refuseConnects(Address to, IoFault fault) {
        unreachable.put(to, fault);
    }

    /** While on, the system has no descriptor left: neither accept nor connect gets one. */
    public void exhaustDescriptors(boolean on) {
        exhausted = on;
    }

    /** While on, the system watches no listening socket that was paused. */
    public void refuseToWatch(boolean on) {
        refusesToWatch = on;
    }

    /** All connections so far, accepted and made. */
    public List<ScriptedConnection> connections() {
        return List.copyOf(connections);
    }

    /** The driver of a worker. */
    public ScriptedDriver driver(int worker) {
        return drivers.get(worker);
    }

    /** What the server has open: listening sockets, connections, drivers. Empty after its end. */
    public List<String> open() {
        List<String> open = new ArrayList<>();
        datagramListenings.stream()
                .filter(socket -> !socket.isClosed())
                .forEach(socket -> open.add("listening for datagrams " + socket.address()));
        datagramPeers.stream().filter(peer -> !peer.isClosed()).forEach(peer -> open.add(peer.toString()));
        listenings.stream()
                .filter(socket -> !socket.isClosed())
                .forEach(socket -> open.add("listening " + socket.address()));
        connections.stream().filter(c -> c.isAccepted() && c.isOpen()).forEach(c -> open.add(c.toString()));
        drivers.stream().filter(driver -> !driver.isClosed()).forEach(driver -> open.add("a driver"));
        return open;
    }

    boolean rests() {
        return drivers.stream().allMatch(ScriptedDriver::rests);
    }

    /** Until the next timer of any worker; negative if there is none. To be asked while all rest. */
    long nanosToTimer() {
        long least = -1;
        for (ScriptedDriver driver : drivers) {
            long nanos = driver.waitNanos();
            if (nanos >= 0 && (least < 0 || nanos < least)) {
                least = nanos;
            }
        }
        return least;
    }

    // ---- for the server

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public int preference() {
        return Integer.MIN_VALUE;
    }

    @Override
    public @Nullable String unavailable() {
        return null;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public ListenSocket listen(Listening listening) throws ListenException {
        Address address = listening.address();
        if (address.family() != Address.Family.UNIX && address.port() == 0) {
            address = address.withPort(nextPort++);
        }
        if (listening.isForDatagrams()) {
            return listenForDatagrams(address);
        }
        for (ScriptedListening other : listenings) {
            boolean shared = listening.options().reusePort() && other.isShared();
            if (!shared && !other.isClosed() && other.address().equals(address)) {
                throw new ListenException("bind() to " + address, IoFault.ADDRESS_IN_USE);
            }
        }
        ScriptedListening socket =
                new ScriptedListening(address, listening.options().reusePort());
        listenings.add(socket);
        opened.add(socket);
        return socket;
    }

    private ListenSocket listenForDatagrams(Address address) throws ListenException {
        for (ScriptedDatagramListening other : datagramListenings) {
            if (!other.isClosed() && other.address().equals(address)) {
                throw new ListenException("bind() to " + address, IoFault.ADDRESS_IN_USE);
            }
        }
        ScriptedDatagramListening socket = new ScriptedDatagramListening(address);
        datagramListenings.add(socket);
        opened.add(socket);
        return socket;
    }

    @Override
    public Driver open(DriverSetup setup) {
        ScriptedDriver driver = new ScriptedDriver(this, setup);
        drivers.add(driver);
        return driver;
    }

    ScriptedEndpoint dialled(ScriptedDriver by, Address to, @Nullable Address local) {
        Address from = local == null ? Address.inet(LOOPBACK, 0) : local;
        ScriptedEndpoint endpoint =
                new ScriptedEndpoint(by, to, from.port() == 0 ? from.withPort(nextPort++) : from, true);
        ScriptedConnection made = new ScriptedConnection(endpoint);
        made.accepted(by);
        connections.add(made);
        dialled.add(made);
        return endpoint;
    }

    ScriptedDatagramEndpoint dialledDatagrams(ScriptedDriver by, Address to, @Nullable Address local) {
        Address from = local == null ? Address.inet(LOOPBACK, 0) : local;
        Address bound = from.port() == 0 ? from.withPort(nextPort++) : from;
        ArrayDeque<ScriptedDatagrams.Sent> arriving = new ArrayDeque<>();
        ScriptedDatagrams peer = new ScriptedDatagrams(to, bound, arriving);
        datagramPeers.add(peer);
        dialledDatagrams.add(peer);
        return new ScriptedDatagramEndpoint(by, peer, to, bound, arriving);
    }

    IoFault receiveFault() {
        return receiveFault;
    }

    IoFault connectFault(Address to) {
        return exhausted ? IoFault.NO_DESCRIPTORS : unreachable.getOrDefault(to, IoFault.NONE);
    }

    IoFault descriptorFault() {
        return exhausted ? IoFault.NO_DESCRIPTORS : IoFault.NONE;
    }

    boolean refusesToWatch() {
        return refusesToWatch;
    }

    boolean tellsPeerClose() {
        return capabilities.contains(Capability.PEER_CLOSE_EVENT);
    }
}
