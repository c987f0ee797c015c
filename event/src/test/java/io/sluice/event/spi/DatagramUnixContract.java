package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.log.IoFault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datagrams over unix sockets, whose clients may have a name or none. */
public abstract class DatagramUnixContract extends DatagramSessionContract {
    @Test
    public void unix_clients_are_known_by_their_names(@TempDir Path folder) throws Exception {
        assumeTrue(can(Capability.UNIX_DATAGRAMS));
        ListenSocket socket = listen(unix(folder.resolve("server")), DATAGRAMS);
        DatagramSource source = watch(socket);
        var one = closing(connecting(driver.connect(socket.address(), named(folder.resolve("one")), 1)));
        var other = closing(connecting(driver.connect(socket.address(), named(folder.resolve("another")), 2)));
        assertEquals(1, one.write(buf("a")));
        int first = receiveOne(source);
        int hash = source.hash(first);
        SharedEndpoint session = open(source, first);
        assertEquals(unix(folder.resolve("one")), session.remoteAddress());
        assertEquals(1, one.write(buf("b")));
        int second = receiveOne(source);
        assertTrue(source.isOf(second, session));
        assertEquals(hash, source.hash(second));
        assertEquals(1, other.write(buf("c")));
        assertFalse(source.isOf(receiveOne(source), session));
        assertEquals(2, session.write(buf("hi")));
        assertEquals("hi", read(one, 1, 2));
    }

    @Test
    public void unix_clients_without_a_name_cannot_be_answered(@TempDir Path folder) throws Exception {
        assumeTrue(can(Capability.UNIX_DATAGRAMS));
        ListenSocket socket = listen(unix(folder.resolve("server")), DATAGRAMS);
        DatagramSource source = watch(socket);
        var nameless = closing(connecting(driver.connect(socket.address(), OutgoingOptions.DATAGRAM, 1)));
        assertEquals(1, nameless.write(buf("a")));
        int datagram = receiveOne(source);
        assertTrue(source.isNameless(datagram));
        SharedEndpoint session = open(source, datagram);
        assertEquals(0, session.remoteAddress().length());
        assertEquals(Io.ERROR, session.write(buf("hi")));
        assertEquals(IoFault.NOT_CONNECTED, session.fault());
    }

    @Test
    public void what_is_longer_than_any_of_the_internet_is_known_to_be_cut(@TempDir Path folder) throws Exception {
        assumeTrue(can(Capability.UNIX_DATAGRAMS));
        ListenSocket socket = listen(unix(folder.resolve("server")), DATAGRAMS);
        DatagramSource source = watch(socket);
        var ours = closing(connecting(driver.connect(socket.address(), named(folder.resolve("one")), 1)));
        Buf half = pool.take(65_536);
        half.put(new byte[50_000]);
        Buf other = pool.take(65_536);
        other.put(new byte[50_000]);
        assertEquals(1, ours.sendDatagrams(chain(half, other.flush(true)), ConnectionIo.UNLIMITED));
        assertTrue(source.isTruncated(receiveOne(source)));
        assertEquals(1, ours.write(buf("x")));
        assertFalse(source.isTruncated(receiveOne(source)));
    }

    @Test
    public void the_file_of_a_unix_socket_goes_with_it_and_a_leftover_is_replaced(@TempDir Path folder)
            throws Exception {
        assumeTrue(can(Capability.UNIX_DATAGRAMS));
        Path path = folder.resolve("server");
        ListenSocket socket = listen(unix(path), DATAGRAMS);
        assertTrue(Files.exists(path));
        Path leftover = folder.resolve("leftover");
        // As a server leaves it that was killed: the name of a socket that is closed.
        closing(connecting(driver.connect(socket.address(), named(leftover), 1)))
                .close();
        assertTrue(Files.exists(leftover));
        listen(unix(leftover), DATAGRAMS);
        assertEquals(
                IoFault.ADDRESS_IN_USE,
                assertThrows(ListenException.class, () -> listen(unix(leftover), DATAGRAMS))
                        .fault());
        socket.close();
        assertFalse(Files.exists(path));
    }
}
