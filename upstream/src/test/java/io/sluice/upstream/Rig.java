package io.sluice.upstream;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Pool;
import io.sluice.core.buffer.Slabs;
import io.sluice.core.config.Configuration;
import io.sluice.core.config.References;
import io.sluice.core.config.Section;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Claim;
import io.sluice.core.connection.ClaimLease;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionEngine;
import io.sluice.core.connection.ConnectionPool;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Event;
import io.sluice.core.connection.Slot;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogWriter;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.Clock;
import io.sluice.core.time.Randomness;
import io.sluice.core.time.SeededRandomness;
import io.sluice.core.time.TimerService;
import io.sluice.event.Connector;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.discover.PeerSet;
import io.sluice.upstream.discover.PeerSpec;
import io.sluice.upstream.discover.StaticDiscovery;
import io.sluice.upstream.health.PassiveHealth;
import io.sluice.upstream.sticky.Stickiness;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A worker without a thread, a driver or a socket: its time is set by hand and its connector answers at once. */
final class Rig implements WorkerContext, ConnectionEngine, ClaimLease, Clock {
    private static final Section NOWHERE =
            Configuration.parse("", "test.conf", References.none()).root();
    static final KeepaliveSettings KEEPALIVE = new KeepaliveSettings(2, Duration.ofSeconds(60), 3, Duration.ofHours(1));
    static final ConnectOptions OPTIONS = new ConnectOptions(1_000, Reach.plain("http"));

    private final HandTimers timers = new HandTimers(this::nanos);
    private final MemoryLog written = new MemoryLog();
    private final Slabs slabs = new Slabs(new MemoryBudget(1 << 20), true);
    private final AtomicLong numbers = new AtomicLong();
    private final ConsumerKey<String> key = new ConsumerKey<>("test", String.class);
    private long nanos = 5_000_000_000L;
    private final CachedTime time = new CachedTime(this, ZoneOffset.UTC);
    private final LogWriter logs = new LogWriter(this, LogOrigin.ofWorker(1, 1, time), 64);
    private final ErrorLog log = ErrorLog.of(LogOrigin.ofWorker(1, 1, time), LogLevel.INFO, logs.attach(written));
    private final ConnectionPool pool = new ConnectionPool(8, this);
    private final KeepaliveConsumer keepalive = new KeepaliveConsumer(slabs.pool());
    private final Claim<KeptConnection> keepaliveClaim = new Claim<>(KeepaliveConsumer.KEY, keepalive, this);

    /** Why connects fail; null while they work. */
    Connector.Failure failure;
    /** What balancers have thrown. */
    int failures;
    /** Which worker this is. */
    int number;
    /** Whether the server stops. */
    boolean stopping;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    final List<String> told = new ArrayList<>();
    final List<Connection> made = new ArrayList<>();
    final List<FakeEndpoint> endpoints = new ArrayList<>();
    private final Connector connector = connector();
    final Claim<String> claim;
    final UpstreamWorker worker;
    final PeerConnection<String> peer;

    Rig() {
        Consumer<String> consumer = new Consumer<>() {
            @Override
            public void readable(String session) {
                told.add("readable");
            }

            @Override
            public void closed(String session, CloseReason why) {
                told.add("closed " + why + (peer().connection() == null ? "" : " by itself"));
            }
        };
        claim = new Claim<>(key, consumer, this);
        worker = new UpstreamWorker(this);
        peer = worker.peerConnection(claim, "session", log.speaker());
    }

    private PeerConnection<String> peer() {
        return peer;
    }

    private Connector connector() {
        Connector mocked = mock(Connector.class);
        when(mocked.failure()).thenAnswer(_ -> failure);
        when(mocked.connect(any(), any(), any(), any(), anyLong(), any()))
                .thenAnswer(call -> failure != null
                        ? null
                        : open(call.getArgument(0), call.getArgument(2), call.getArgument(3), call.getArgument(5)));
        return mocked;
    }

    private <S> Connection open(Address to, Claim<S> by, S session, LogContext about) {
        Slot slot = pool.take();
        FakeEndpoint endpoint = new FakeEndpoint();
        slot.endpoint(endpoint);
        Connection c = pool.open(slot, null, to);
        c.errorLevel(ConnectionErrorLevel.ERR);
        c.logContext(about);
        c.claim(by, session);
        made.add(c);
        endpoints.add(endpoint);
        return c;
    }

    static Upstream upstream(Balancer.Factory balancer, ServerSettings... servers) {
        return new Upstream("backend", 0, terms(KEEPALIVE), parts(balancer, servers));
    }

    static UpstreamParts parts(Balancer.Factory balancer, ServerSettings... servers) {
        return new UpstreamParts(balancer, new StaticDiscovery(set(servers)), new PassiveHealth(), null);
    }

    static UpstreamTerms terms(KeepaliveSettings keepalive) {
        return terms(keepalive, 0);
    }

    /** @param queue how many may wait, each for a second */
    static UpstreamTerms terms(KeepaliveSettings keepalive, int queue) {
        return new UpstreamTerms(
                null,
                keepalive,
                new QueueSettings(queue, Duration.ofSeconds(1)),
                new RetryBudgetSettings(true, 50, 10));
    }

    static Upstream queued(int queue, ServerSettings... servers) {
        return new Upstream("backend", 0, terms(KEEPALIVE, queue), parts(FirstPeer.FIRST, servers));
    }

    /** @param queue how many may wait, each for a second */
    static Upstream sticky(Stickiness stickiness, int queue, ServerSettings... servers) {
        UpstreamParts parts =
                new UpstreamParts(FirstPeer.FIRST, new StaticDiscovery(set(servers)), new PassiveHealth(), stickiness);
        return new Upstream("backend", 0, terms(KEEPALIVE, queue), parts);
    }

    /** Peers with the ports 1, 2, … */
    static PeerSet set(ServerSettings... servers) {
        List<PeerSpec> peers = new ArrayList<>();
        for (ServerSettings server : servers) {
            peers.add(new PeerSpec(address(peers.size() + 1), server.address(), server.terms()));
        }
        return new PeerSet(peers);
    }

    static Address address(int port) {
        return Address.inet(new byte[] {127, 0, 0, 1}, port);
    }

    static ServerSettings server(int maxConns, int maxFails, boolean backup, boolean down) {
        return server(maxConns, maxFails, backup, down, false, Duration.ZERO, null);
    }

    static ServerSettings draining() {
        return server(0, 1, false, false, true, Duration.ZERO, null);
    }

    static ServerSettings slow(Duration slowStart) {
        return server(0, 1, false, false, false, slowStart, null);
    }

    static ServerSettings route(String route) {
        return server(0, 1, false, false, false, Duration.ZERO, route);
    }

    private static ServerSettings server(
            int maxConns, int maxFails, boolean backup, boolean down, boolean drain, Duration slowStart, String route) {
        return new ServerSettings(
                "server",
                1,
                maxConns,
                maxFails,
                Duration.ofSeconds(10),
                slowStart,
                backup,
                down,
                drain,
                Optional.ofNullable(route),
                NOWHERE);
    }

    static ServerSettings server() {
        return server(0, 1, false, false);
    }

    void start(Upstream upstream, RetryPolicy retry) {
        peer.start(upstream, OPTIONS, retry, log);
    }

    /** Sets the time on, without calling timers. */
    void after(Duration duration) {
        nanos += duration.toNanos();
        time.update();
    }

    /** Sets the time on and calls the timers that are due. */
    void waits(Duration duration) {
        after(duration);
        timers.fireWhatIsDue();
    }

    /** The pool the way the engine sees it. */
    ConnectionPool connections() {
        return pool;
    }

    String logged() {
        logs.turn();
        return written.take();
    }

    // ---- the clock

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long millis() {
        return nanos / 1_000_000;
    }

    // ---- the worker

    @Override
    public int index() {
        return number;
    }

    @Override
    public CachedTime time() {
        return time;
    }

    @Override
    public Randomness random() {
        return new SeededRandomness(1);
    }

    @Override
    public TimerService timers() {
        return timers;
    }

    @Override
    public ErrorLog log() {
        return log;
    }

    @Override
    public void pluginFailed(ErrorLog place, LogContext about, String what, Throwable failed) {
        failures++;
        place.log(LogLevel.ERR, about, what, failed);
    }

    @Override
    public LogWriter logs() {
        return logs;
    }

    @Override
    public Path prefix() {
        return Path.of("");
    }

    @Override
    public Pool pool() {
        return slabs.pool();
    }

    @Override
    public MemoryBudget budget() {
        return slabs.budget();
    }

    @Override
    public Slabs slabs() {
        return slabs;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs what was handed over to the worker, and what that hands over. */
    void turn() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Override
    public void atTurnEnd(Runnable task) {}

    @Override
    public boolean stopping() {
        return stopping;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S> Claim<S> claim(ConsumerKey<S> wanted) {
        return (Claim<S>) (wanted == KeepaliveConsumer.KEY ? keepaliveClaim : claim);
    }

    @Override
    public Claim<?> claim(String consumerId) {
        throw new IllegalArgumentException(consumerId);
    }

    @Override
    public <T> T get(WorkerKey<T> wanted) {
        throw new IllegalArgumentException(wanted.toString());
    }

    @Override
    public <T> T service(Class<T> type) {
        return type.cast(connector);
    }

    @Override
    public void requestStarted() {}

    @Override
    public void requestEnded() {}

    @Override
    public void connectionTaken() {}

    @Override
    public void connectionReturned() {}

    // ---- the engine

    @Override
    public AtomicLong connectionNumbers() {
        return numbers;
    }

    @Override
    public void post(Event event) {}

    @Override
    public void postNext(Event event) {}

    @Override
    public void unpost(Event event) {}

    @Override
    public void pluginFailed(Connection c, String where, Throwable failed) {
        throw new AssertionError(where, failed);
    }
}
