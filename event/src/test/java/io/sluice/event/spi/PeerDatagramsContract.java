package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datagrams to and from one peer. */
public abstract class PeerDatagramsContract extends DriverHarness {
    private static final long TOKEN = 9L << 32 | 6;
    private static final int PATIENCE_MILLIS = 10_000;

    /** The most that UDP over IPv4 carries. */
    private static final int LARGEST = 65_507;

    private DatagramSocket theirs;
    private Endpoint ours;

    @BeforeEach
    public void connect() throws IOException {
        theirs = somebody();
        ours = closing(connecting(driver.connect(loopback(theirs.getLocalPort()), OutgoingOptions.DATAGRAM, TOKEN)));
    }

    @AfterEach
    public void closeTheirs() {
        theirs.close();
    }

    @Test
    public void it_is_connected_at_once_and_told_as_a_stream_is() {
        assertEquals(Readiness.WRITE, await(TOKEN, Readiness.WRITE));
        assertEquals(IoFault.NONE, ours.connectResult());
        assertEquals(loopback(theirs.getLocalPort()), ours.remoteAddress());
        assertEquals("127.0.0.1", ours.localAddress().host());
    }

    @Test
    public void each_write_is_a_datagram_and_each_read_too() throws Exception {
        assertEquals(3, ours.write(buf("one")));
        assertEquals(5, ours.write(buf("three")));
        assertEquals("one", receive());
        assertEquals("three", receive());
        send("four");
        send("fives");
        assertEquals("four", read(100));
        assertEquals("fives", read(100));
        assertEquals(Io.AGAIN, ours.read(pool.take(256)));
    }

    @Test
    public void each_datagram_is_reported_that_comes_after_nothing_was_found() throws Exception {
        for (int i = 0; i < 5; i++) {
            send("x" + i);
            await(TOKEN, Readiness.READ);
            assertEquals("x" + i, read(100));
            assertEquals(Io.AGAIN, ours.read(pool.take(256)));
            ours.awaitRead();
        }
    }

    @Test
    public void bytes_without_room_are_lost_and_the_next_datagram_is_whole() throws Exception {
        send("0123456789");
        send("next");
        await(TOKEN, Readiness.READ);
        Buf small = pool.room(pool.take(256), 4);
        assertEquals(4, ours.read(small));
        assertEquals("0123", small.text());
        assertEquals("next", read(100));
    }

    @Test
    public void a_datagram_fills_a_chain_in_order() throws Exception {
        send("0123456789");
        await(TOKEN, Readiness.READ);
        Buf first = pool.room(pool.take(256), 4);
        Buf second = pool.room(pool.take(256), 100);
        assertEquals(9, ours.readv(chain(first, second), 9));
        assertEquals("0123", first.text());
        assertEquals("45678", second.text());
        assertEquals(Io.AGAIN, ours.readv(chain(pool.take(256)), ConnectionIo.UNLIMITED));
    }

    @Test
    public void one_without_bytes_is_received_as_such() throws Exception {
        send("");
        await(TOKEN, Readiness.READ);
        assertEquals(Io.EMPTY_DATAGRAM, ours.read(pool.take(256)));
        assertEquals(Io.AGAIN, ours.read(pool.take(256)));
        ours.awaitRead();
        send("");
        send("x");
        await(TOKEN, Readiness.READ);
        assertEquals(Io.EMPTY_DATAGRAM, ours.readv(chain(pool.take(256)), ConnectionIo.UNLIMITED));
        assertEquals("x", read(10));
    }

    @Test
    public void one_without_bytes_can_be_sent() throws Exception {
        assertEquals(0, ours.write(pool.mark().flush(true)));
        assertEquals(0, ours.write(pool.take(16)));
        assertEquals(1, ours.sendDatagrams(chain(pool.mark().lastBuf(true)), ConnectionIo.UNLIMITED));
        ours.write(buf("end"));
        for (int i = 0; i < 3; i++) {
            assertEquals("", receive());
        }
        assertEquals("end", receive());
        send("back");
        await(TOKEN, Readiness.READ);
        assertEquals("back", read(100));
    }

    @Test
    public void a_chain_is_sent_a_datagram_for_each_mark() throws Exception {
        int sent = 0;
        var chain = chain(
                buf("a"),
                buf("b").flush(true),
                buf("c").flush(true),
                buf("d"),
                pool.mark().lastBuf(true),
                buf("unmarked"));
        var rest = chain;
        while (sent < 3) {
            int n = ours.sendDatagrams(rest, ConnectionIo.UNLIMITED);
            assertTrue(n > 0, "answered " + n);
            for (int i = 0; i < n; i++) {
                while (!rest.buf().flush() && !rest.buf().lastBuf()) {
                    rest = rest.next();
                }
                rest = rest.next();
            }
            sent += n;
        }
        assertEquals(3, sent);
        assertEquals("ab", receive());
        assertEquals("c", receive());
        assertEquals("d", receive());
    }

    @Test
    public void the_limit_ends_a_batch() {
        var chain =
                chain(buf("abc").flush(true), buf("def").flush(true), buf("ghi").flush(true));
        assertTrue(ours.sendDatagrams(chain, 4) <= 2);
        assertEquals(1, ours.sendDatagrams(chain, 3));
    }

    @Test
    public void the_largest_datagram_goes_both_ways() throws Exception {
        byte[] bytes = new byte[LARGEST];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Buf out = pool.take(LARGEST);
        out.put(bytes);
        assertEquals(LARGEST, ours.write(out));
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST + 1], LARGEST + 1);
        theirs.receive(packet);
        assertEquals(LARGEST, packet.getLength());
        theirs.send(new DatagramPacket(bytes, LARGEST, packet.getSocketAddress()));
        await(TOKEN, Readiness.READ);
        Buf in = pool.take(65_536);
        assertEquals(LARGEST, ours.read(in));
        byte[] read = new byte[LARGEST];
        in.get(in.pos(), read, 0, LARGEST);
        assertArrayEquals(bytes, read);
    }

    @Test
    public void one_that_is_too_long_is_refused() {
        Buf out = pool.take(65_536);
        out.put(new byte[LARGEST + 1]);
        assertEquals(Io.ERROR, ours.write(out));
        assertEquals(IoFault.MESSAGE_SIZE, ours.fault());
        assertEquals(Io.ERROR, ours.sendDatagrams(chain(out.flush(true)), ConnectionIo.UNLIMITED));
        assertEquals(IoFault.MESSAGE_SIZE, ours.fault());
    }

    @Test
    public void only_the_peer_is_heard() throws Exception {
        try (DatagramSocket stranger = somebody()) {
            byte[] bytes = {'?'};
            stranger.send(new DatagramPacket(
                    bytes,
                    1,
                    InetAddress.getLoopbackAddress(),
                    ours.localAddress().port()));
            send("!");
            await(TOKEN, Readiness.READ);
            assertEquals("!", read(10));
            assertEquals(Io.AGAIN, ours.read(pool.take(256)));
        }
    }

    @Test
    public void a_peer_that_is_not_there_is_told_by_the_next_operation() {
        theirs.close();
        assertEquals(1, ours.write(buf("x")));
        await(TOKEN, Readiness.READ);
        assertEquals(Io.ERROR, ours.read(pool.take(256)));
        assertEquals(IoFault.REFUSED, ours.fault());
    }

    @Test
    public void it_can_move_to_another_driver() throws Exception {
        Driver second = anotherDriver();
        ours.detach();
        second.adopt(ours);
        ours.attach(TOKEN + 1, false);
        send("x");
        await(second, TOKEN + 1, Readiness.READ);
        assertEquals("x", read(10));
        assertEquals(1, ours.sendDatagrams(chain(buf("y").flush(true)), ConnectionIo.UNLIMITED));
        assertEquals("y", receive());
    }

    @Test
    public void a_stream_knows_no_datagrams() throws Exception {
        Endpoint stream = pair().ours();
        assertThrows(
                UnsupportedOperationException.class,
                () -> stream.sendDatagrams(chain(buf("x").flush(true)), ConnectionIo.UNLIMITED));
        assertThrows(UnsupportedOperationException.class, stream::endDatagrams);
        assertThrows(UnsupportedOperationException.class, ours::endDatagrams);
    }

    private static DatagramSocket somebody() throws IOException {
        DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private String receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        theirs.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    private void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Address to = ours.localAddress();
        theirs.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByAddress(to.bytes()), to.port()));
    }

    private String read(int room) {
        Buf into = pool.take(room);
        int n = ours.read(into);
        if (n == Io.AGAIN) {
            ours.awaitRead();
            await(TOKEN, Readiness.READ);
            n = ours.read(into);
        }
        assertEquals(n, into.size());
        return into.text();
    }
}
