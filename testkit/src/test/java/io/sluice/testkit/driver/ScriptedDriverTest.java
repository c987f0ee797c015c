package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.buffer.Pool;
import io.sluice.core.buffer.Slabs;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.SystemClock;
import io.sluice.event.spi.AcceptSource;
import io.sluice.event.spi.Capability;
import io.sluice.event.spi.Driver;
import io.sluice.event.spi.DriverSetup;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import io.sluice.event.spi.Readiness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripted driver keeps to the seam as a real one does, and is as strict as one may be. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScriptedDriverTest {
    private static final long LISTENER = 1;
    private static final long TOKEN = 2;
    private static final Address ANY = Address.inet(new byte[4], 80);
    private static final Address PEER = Address.inet(new byte[] {10, 0, 0, 1}, 9000);

    private final Slabs slabs = new Slabs(new MemoryBudget(1 << 20), true);
    private final CachedTime time = new CachedTime(new SystemClock(), ZoneOffset.UTC);
    private final Pool pool = slabs.pool();
    private ScriptedDriverFactory net;
    private Driver driver;
    private ListenSocket socket;
    private AcceptSource source;

    @BeforeEach
    void open() throws ListenException {
        openWith(new ScriptedDriverFactory());
    }

    private void openWith(ScriptedDriverFactory factory) throws ListenException {
        net = factory;
        driver = net.open(new DriverSetup(slabs.nativeAccess(), 4, time));
        socket = net.listen(listening(ANY));
        source = driver.watch(socket, LISTENER);
    }

    @AfterEach
    void close() {
        pool.end();
        slabs.close();
    }

    private static Listening listening(Address address) {
        return new Listening(address, ListenOptions.DEFAULT, "test", null, null, "test.conf:1");
    }

    private Endpoint accepted(ScriptedConnection client) {
        Endpoint endpoint = source.accept();
        assertNotNull(endpoint);
        assertTrue(client.isAccepted());
        return endpoint;
    }

    /** Bits of what is reported for a token; 0 if nothing is. */
    private int reported(long token) {
        int bits = 0;
        int results = driver.poll(0);
        for (int i = 0; i < results; i++) {
            bits |= driver.token(i) == token ? driver.readiness(i) : 0;
        }
        return bits;
    }

    private Buf buf(String text) {
        Buf buf = pool.take(256);
        buf.putAscii(text);
        return buf;
    }

    @Test
    void a_listening_socket_is_reported_until_nobody_waits() {
        assertEquals(0, reported(LISTENER));
        net.connect();
        net.connect();
        assertEquals(Readiness.READ, reported(LISTENER));
        assertNotNull(source.accept());
        assertEquals(Readiness.READ, reported(LISTENER));
        source.pause();
        assertEquals(0, reported(LISTENER));
        source.resume();
        assertNotNull(source.accept());
        assertNull(source.accept());
        assertEquals(IoFault.NONE, source.fault());
        assertEquals(0, reported(LISTENER));
    }

    @Test
    void an_address_in_use_is_refused_until_its_socket_is_closed() throws ListenException {
        assertEquals(
                IoFault.ADDRESS_IN_USE,
                assertThrows(ListenException.class, () -> net.listen(listening(ANY)))
                        .fault());
        socket.close();
        assertEquals(ANY, net.listen(listening(ANY)).address());
        assertTrue(net.listen(listening(ANY.withPort(0))).address().port() > 0);
    }

    @Test
    void bytes_are_reported_once_and_again_only_when_asked_for() {
        ScriptedConnection client = net.connect();
        Endpoint ours = accepted(client);
        ours.attach(TOKEN, false);
        client.receives("abc");
        assertEquals(Readiness.READ, reported(TOKEN));
        assertEquals(0, reported(TOKEN));
        client.receives("def");
        assertEquals(0, reported(TOKEN));
        Buf into = pool.take(256);
        assertEquals(6, ours.read(into));
        assertEquals("abcdef", into.text());
        assertEquals(Io.AGAIN, ours.read(into));
        ours.awaitRead();
        assertEquals(0, reported(TOKEN));
        client.receives("g");
        assertEquals(Readiness.READ, reported(TOKEN));
    }

    @Test
    void what_came_before_attach_is_reported_after_it() {
        ScriptedConnection client = net.connect().receives("abc");
        Endpoint ours = accepted(client);
        assertEquals(0, reported(TOKEN));
        ours.attach(TOKEN, false);
        assertEquals(Readiness.READ, reported(TOKEN));
        ours.detach();
        client.receives("d");
        ours.awaitRead();
        assertEquals(0, reported(TOKEN));
        ours.attach(TOKEN, true);
        assertEquals(Readiness.READ | Readiness.WRITE, reported(TOKEN));
    }

    @Test
    void pieces_come_one_by_one() {
        ScriptedConnection client = net.connect().receivesInPieces("abcde", 2).ends();
        Endpoint ours = accepted(client);
        ours.attach(TOKEN, false);
        for (String piece : new String[] {"ab", "cd", "e"}) {
            assertEquals(piece.equals("e") ? Readiness.READ | Readiness.PEER_CLOSED : Readiness.READ, reported(TOKEN));
            Buf into = pool.take(256);
            assertEquals(piece.length(), ours.read(into));
            assertEquals(piece, into.text());
            assertEquals(piece.equals("e") ? Io.END : Io.AGAIN, ours.read(into));
            ours.awaitRead();
        }
        assertEquals(0, client.unread());
    }

    @Test
    void the_end_is_told_with_the_last_bytes_and_read_behind_them() {
        ScriptedConnection client = net.connect();
        Endpoint ours = accepted(client);
        ours.attach(TOKEN, false);
        client.receives("last").ends();
        assertEquals(Readiness.READ | Readiness.PEER_CLOSED, reported(TOKEN));
        Buf into = pool.take(256);
        assertEquals(4, ours.read(into));
        assertEquals(Io.END, ours.read(into));
        assertEquals(2, ours.write(buf("ok")));
        assertEquals("ok", client.sent());
        assertThrows(IllegalStateException.class, () -> client.receives("more"));
    }

    @Test
    void a_driver_that_does_not_tell_of_a_close_tells_when_somebody_waits() throws ListenException {
        openWith(new ScriptedDriverFactory(EnumSet.complementOf(EnumSet.of(Capability.PEER_CLOSE_EVENT))));
        ScriptedConnection client = net.connect().receives("a");
        Endpoint ours = accepted(client);
        ours.attach(TOKEN, false);
        assertEquals(Readiness.READ, reported(TOKEN));
        client.ends();
        assertEquals(0, reported(TOKEN));
        ours.awaitRead();
        assertEquals(Readiness.READ, reported(TOKEN));
        client.resets();
        assertEquals(0, reported(TOKEN));
        ours.awaitWrite();
        assertEquals(Readiness.READ | Readiness.WRITE | Readiness.ERROR, reported(TOKEN));
    }

    @Test
    void a_reset_drops_what_was_unread_and_fails_everything() {
        ScriptedConnection client = net.connect().receives("lost");
        Endpoint ours = accepted(client);
        ours.attach(TOKEN, false);
        client.resets();
        assertEquals(Readiness.READ | Readiness.WRITE | Readiness.ERROR, reported(TOKEN));
        assertEquals(0, reported(TOKEN));
        assertEquals(Io.ERROR, ours.read(pool.take(256)));
        assertEquals(IoFault.CONNECTION_RESET, ours.fault());
        assertEquals(Io.ERROR, ours.write(buf("x")));
        assertEquals(Io.ERROR, ours.writev(pool.link(buf("x")), 10));
        assertEquals(Io.ERROR, ours.readv(pool.link(pool.take(256)), 10));
    }

    @Test
    void a_window_limits_what_is_taken() {
        ScriptedConnection client = net.connect().takes(3);
        Endpoint ours = accepted(client);
        ours.attach(TOKEN, false);
        Buf text = buf("hello");
        assertEquals(3, ours.write(text));
        assertEquals(5, text.size(), "the positions are the caller's to move");
        assertEquals(Io.AGAIN, ours.write(text));
        ours.awaitWrite();
        assertEquals(0, reported(TOKEN));
        client.takes(1);
        assertEquals(Readiness.WRITE, reported(TOKEN));
        assertEquals(0, reported(TOKEN));
        assertEquals(1, ours.write(text));
        client.takesAll();
        ours.awaitWrite();
        assertEquals(Readiness.WRITE, reported(TOKEN));
        assertEquals("helh", client.newlySent());
        assertEquals("", client.newlySent());
    }

    @Test
    void chains_are_gathered_and_scattered() {
        ScriptedConnection client = net.connect().receives("abcdef");
        Endpoint ours = accepted(client);
        Buf small = pool.take(256);
        small.put(new byte[254]);
        Chain into = pool.link(small);
        into.next(pool.link(pool.take(256)));
        assertEquals(5, ours.readv(into, 5));
        assertEquals("cde", into.next().buf().text());
        Chain from = pool.link(buf("one"));
        from.next(pool.link(pool.mark().flush(true)));
        from.next().next(pool.link(buf("two")));
        assertEquals(4, ours.writev(from, 4));
        client.takes(2);
        assertEquals(2, ours.writev(from, 100));
        assertEquals("onet" + "on", client.sent());
    }

    @Test
    void a_file_is_sent(@TempDir Path folder) throws Exception {
        Path path = Files.writeString(folder.resolve("file"), "0123456789");
        OpenFile file = driver.files().open(path, LinkRule.FOLLOW);
        ScriptedConnection client = net.connect().takes(5);
        Endpoint ours = accepted(client);
        Buf range = pool.file(file, 2, 12);
        assertEquals(3, ours.sendFile(range, 3));
        range.advance(3);
        assertEquals(2, ours.sendFile(range, 100));
        range.advance(2);
        assertEquals(Io.AGAIN, ours.sendFile(range, 100));
        client.takesAll();
        assertEquals(3, ours.sendFile(range, 100));
        range.advance(3);
        assertEquals(Io.END, ours.sendFile(range, 100), "the file is shorter than the range");
        assertEquals("23456789", client.sent());
        assertNull(driver.files().open(folder.resolve("missing"), LinkRule.FOLLOW));
        assertEquals(IoFault.NO_SUCH_FILE, driver.files().fault());
        Files.createSymbolicLink(folder.resolve("link"), path);
        assertNull(driver.files().status(folder.resolve("link"), LinkRule.REFUSE));
        assertEquals(IoFault.TOO_MANY_LINKS, driver.files().fault());
    }

    @Test
    void a_connect_is_in_progress_until_the_test_answers_it() {
        Endpoint ours = driver.connect(PEER, OutgoingOptions.DEFAULT, TOKEN);
        ScriptedConnection peer = net.outgoing();
        assertEquals(PEER, peer.remoteAddress());
        assertEquals(0, reported(TOKEN));
        assertEquals(IoFault.NOT_CONNECTED, ours.connectResult());
        assertEquals(Io.ERROR, ours.write(buf("x")));
        peer.accepts();
        assertEquals(Readiness.WRITE, reported(TOKEN));
        assertEquals(IoFault.NONE, ours.connectResult());
        assertEquals(1, ours.write(buf("x")));
        assertThrows(IllegalStateException.class, peer::accepts);
        assertThrows(AssertionError.class, net::outgoing);
    }

    @Test
    void a_connect_fails_later_or_at_once() {
        Endpoint ours = driver.connect(PEER, OutgoingOptions.DEFAULT, TOKEN);
        net.outgoing().refuses(IoFault.REFUSED);
        assertEquals(Readiness.READ | Readiness.WRITE | Readiness.ERROR, reported(TOKEN));
        assertEquals(IoFault.REFUSED, ours.connectResult());
        net.refuseConnects(PEER, IoFault.NET_UNREACHABLE);
        assertNull(driver.connect(PEER, OutgoingOptions.DEFAULT, TOKEN));
        assertEquals(IoFault.NET_UNREACHABLE, driver.fault());
        assertFalse(net.hasOutgoing());
    }

    @Test
    void without_descriptors_nobody_is_accepted_or_connected_to() {
        net.connect();
        net.exhaustDescriptors(true);
        assertNull(source.accept());
        assertEquals(IoFault.NO_DESCRIPTORS, source.fault());
        assertNull(driver.connect(PEER, OutgoingOptions.DEFAULT, TOKEN));
        assertEquals(IoFault.NO_DESCRIPTORS, driver.fault());
        net.exhaustDescriptors(false);
        assertNotNull(source.accept());
    }

    @Test
    void a_closed_socket_is_silent_and_must_not_be_touched() {
        ScriptedConnection client = net.connect().receives("x");
        Endpoint ours = accepted(client);
        ours.attach(TOKEN, true);
        ours.close();
        assertEquals(0, reported(TOKEN));
        assertFalse(ours.attached());
        assertTrue(client.isClosed());
        assertThrows(IllegalStateException.class, ours::close);
        assertThrows(IllegalStateException.class, () -> ours.read(pool.take(256)));
        assertThrows(IllegalStateException.class, () -> ours.write(buf("x")));
    }

    @Test
    void a_close_with_bytes_unread_is_a_reset() {
        ScriptedConnection unread = net.connect().receives("x");
        accepted(unread).close();
        assertTrue(unread.isReset());
        ScriptedConnection wanted = net.connect();
        Endpoint ours = accepted(wanted);
        ours.resetOnClose();
        ours.close();
        assertTrue(wanted.isReset());
        ScriptedConnection orderly = net.connect();
        accepted(orderly).close();
        assertFalse(orderly.isReset());
    }

    @Test
    void a_poll_reports_no_more_than_it_may_and_the_rest_later() {
        for (int i = 0; i < 6; i++) {
            Endpoint endpoint = accepted(net.connect().receives("x"));
            endpoint.attach(10 + i, false);
        }
        assertEquals(4, driver.poll(0));
        assertEquals(2, driver.poll(0));
        assertEquals(0, driver.poll(0));
    }

    @Test
    void a_socket_moves_to_another_driver() {
        Driver other = net.open(new DriverSetup(slabs.nativeAccess(), 4, time));
        ScriptedConnection client = net.connect().receives("x");
        Endpoint ours = accepted(client);
        ours.attach(TOKEN, false);
        assertThrows(IllegalStateException.class, () -> other.adopt(ours));
        ours.detach();
        other.adopt(ours);
        ours.attach(TOKEN, false);
        assertEquals(0, reported(TOKEN));
        assertEquals(1, other.poll(0));
    }

    @Test
    void what_is_still_open_is_told() {
        Endpoint ours = accepted(net.connect());
        assertEquals(3, net.open().size(), () -> net.open().toString());
        ours.close();
        source.close();
        socket.close();
        driver.close();
        assertTrue(net.open().isEmpty());
    }
}
