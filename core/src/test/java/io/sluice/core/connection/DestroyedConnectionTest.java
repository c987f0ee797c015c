package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.BufferedBit.Scope;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Every public method of a connection that is gone, found by reflection: one that is added later cannot be forgotten. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DestroyedConnectionTest {
    /** Who it was and how it ended is kept in the object itself: it may be asked, and touches neither slot, socket nor memory. */
    private static final Set<String> FACTS = Set.of(
            "number/0",
            "listening/0",
            "passes/0",
            "isSingle/0",
            "requests/0",
            "sent/0",
            "log/0",
            "errorLevel/0",
            "origin/0",
            "connectionNumber/0",
            "appendTo/1",
            "remoteAddress/0",
            "localAddress/0",
            "io/0",
            "isPlain/0",
            "proxied/0",
            "buffered/0",
            "isBuffered/1",
            "sendfile/0",
            "socketType/0",
            "tcpNoDelayState/0",
            "tcpNoPushState/0",
            "isOpen/0",
            "isDestroyed/0",
            "hasError/0",
            "hasUnexpectedEof/0",
            "isTimedOut/0",
            "close/1",
            "report/2",
            "failed/2");

    private final TestEngine engine = new TestEngine();
    private final ConnectionPool pool = new ConnectionPool(1, engine);
    private final Party party = new Party();
    private final Pool memory = engine.slabs.pool();
    private final TestEndpoint socket = new TestEndpoint(engine.slabs.nativeAccess());
    private final Map<Class<?>, Object> samples = new HashMap<>();
    private Connection gone;

    @BeforeEach
    void destroy() {
        gone = party.enter(pool, socket, "gone");
        gone.pool().take(100);
        Buf buf = memory.take(64);
        buf.putAscii("x");
        samples.put(Buf.class, buf);
        samples.put(Chain.class, memory.link(buf));
        samples.put(long.class, 10L);
        samples.put(boolean.class, true);
        samples.put(int.class, 1);
        samples.put(Claim.class, party.claim);
        samples.put(ConsumerKey.class, party.key);
        samples.put(Object.class, new Party.Guest("thief"));
        samples.put(ConnectionIo.class, PlainIo.INSTANCE);
        samples.put(SocketOption.class, SocketOption.TCP_NODELAY);
        samples.put(CloseReason.class, CloseReason.FINISHED);
        samples.put(ConnectionErrorLevel.class, ConnectionErrorLevel.ERR);
        samples.put(ErrorLog.class, engine.log());
        samples.put(LogContext.class, engine.log().speaker());
        samples.put(String.class, "late");
        Address somebody = Address.inet(new byte[] {127, 0, 0, 1}, 1);
        samples.put(Address.class, somebody);
        samples.put(
                Listening.class, new Listening(somebody, ListenOptions.DEFAULT, "party", null, null, "test.conf:1"));
        samples.put(Function.class, (Function<String, Claim<?>>) _ -> party.claim);
        samples.put(Proxied.class, new Proxied(somebody, somebody, new byte[0]));
        samples.put(Throwable.class, new IllegalStateException("bug"));
        BufferedBit bit = new BufferedBit("test", Scope.CONNECTION, 0x40);
        samples.put(BufferedBit.class, bit);
        samples.put(BitPromise.class, new BufferedBits().claimFixed("test", "test.held", Scope.CONNECTION, 0x40));
        gone.close(CloseReason.FINISHED);
        socket.calls.clear();
        party.heard.clear();
    }

    @AfterEach
    void close() {
        memory.end();
        engine.close();
    }

    private static List<Method> methods() {
        return Arrays.stream(Connection.class.getMethods())
                .filter(method ->
                        method.getDeclaringClass() != Object.class && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.isBridge() || method.getDeclaringClass() == Connection.class)
                .toList();
    }

    private static String name(Method method) {
        return method.getName() + "/" + method.getParameterCount();
    }

    private Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> {
                    Object sample = samples.get(type);
                    if (sample == null && type.getSimpleName().equals("LogLine")) {
                        return null;
                    }
                    return sample == null ? fail("no sample of " + type + " for " + name(method)) : sample;
                })
                .toArray();
    }

    /** What it answers: null when it went through, else what it threw. */
    private Throwable use(Method method) {
        try {
            method.invoke(gone, arguments(method));
            return null;
        } catch (InvocationTargetException thrown) {
            return thrown.getCause();
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(hidden);
        }
    }

    private void useAll() {
        Set<String> seen = new TreeSet<>();
        for (Method method : methods()) {
            Throwable answer = use(method);
            if (FACTS.contains(name(method))) {
                assertEquals(null, answer, name(method));
            } else {
                assertInstanceOf(StaleConnectionException.class, answer, name(method));
                assertTrue(answer.getMessage().contains("1"), "it says which: " + answer.getMessage());
            }
            seen.add(name(method));
        }
        assertTrue(seen.size() > 60, "the methods were found: " + seen);
        assertTrue(seen.containsAll(FACTS), "each fact is there");
    }

    @Test
    void every_use_is_refused_and_only_facts_are_told() {
        assertTrue(gone.isDestroyed());
        useAll();
        assertEquals(List.of(), socket.calls);
        assertEquals(256, engine.slabs.bytesInUse(), "only what this test holds");
        assertEquals(List.of(), party.heard);
        assertEquals(1, pool.free());
    }

    @Test
    void and_the_next_owner_of_the_slot_notices_nothing() {
        TestEndpoint nextSocket = new TestEndpoint(engine.slabs.nativeAccess());
        Connection next = party.enter(pool, nextSocket, "next");
        Slot slot = next.slot();
        slot.read.ready = false;
        useAll();
        assertEquals(List.of(), nextSocket.calls);
        assertEquals(List.of(), party.heard);
        assertEquals(List.of(), engine.posts);
        assertTrue(next.isOpen() && !next.isDestroyed());
        assertFalse(
                next.hasError() || next.isTimedOut() || next.hasUnexpectedEof() || next.isReusable() || next.isIdle());
        assertFalse(slot.read.timerSet() || slot.write.timerSet() || slot.read.ready);
        assertEquals(0, next.buffered() + next.sent() + next.requests());
        assertEquals("next", next.data(party.key).name);
        assertEquals(2, next.number());
        next.close(CloseReason.FINISHED);
    }

    @Test
    void while_it_is_being_closed_its_consumer_may_still_use_it() {
        TestEndpoint other = new TestEndpoint(engine.slabs.nativeAccess()).answers(1);
        Connection closing = party.enter(pool, other, "closing");
        party.whenClosed = (guest, why) -> {
            Buf last = closing.pool().take(10);
            last.putAscii("!");
            assertEquals(1, closing.send(last));
            assertFalse(closing.isDestroyed());
        };
        closing.close(CloseReason.FINISHED);
        assertEquals(List.of(), engine.failures);
        assertTrue(closing.isDestroyed());
    }
}
