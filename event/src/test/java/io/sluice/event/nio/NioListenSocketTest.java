package io.sluice.event.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.KeepaliveProbes;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.AcceptSource;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NioListenSocketTest {
    private static final Address ANY_IPV6 = Address.inet(new byte[16], 0);

    @TempDir
    Path folder;

    @Test
    void an_address_in_use_is_named_with_its_reason() throws Exception {
        try (NioListenSocket first = NioListenSocket.open(NioPair.at(NioPair.LOOPBACK))) {
            ListenException refused =
                    assertThrows(ListenException.class, () -> NioListenSocket.open(NioPair.at(first.address())));
            assertEquals(IoFault.ADDRESS_IN_USE, refused.fault());
            assertTrue(refused.getMessage().contains(first.address().toString()), refused.getMessage());
        }
    }

    @Test
    void a_unix_socket_is_open_to_all_and_its_file_goes_when_it_is_closed() throws Exception {
        Path file = folder.resolve("socket");
        try (ListenSocket listening = NioListenSocket.open(NioPair.at(unix(file)))) {
            assertEquals(unix(file), listening.address());
            assertEquals("rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void an_abstract_name_is_refused() {
        Address name = Address.unix(new byte[] {0, 'x'});
        ListenException refused = assertThrows(ListenException.class, () -> NioListenSocket.open(NioPair.at(name)));
        assertEquals(IoFault.INVALID, refused.fault());
    }

    @Test
    void options_of_accepted_sockets_are_set() throws Exception {
        ListenOptions options = ListenOptions.DEFAULT
                .with()
                .backlog(16)
                .receiveBuffer(40_000)
                .sendBuffer(50_000)
                .keepalive(KeepaliveProbes.ON)
                .build();
        try (NioListenSocket listening = NioListenSocket.open(NioPair.at(NioPair.LOOPBACK, options));
                SocketChannel client = SocketChannel.open(NioPair.jdk(listening.address()));
                SocketChannel accepted = awaitAccept(listening.channel())) {
            listening.dress(accepted);
            assertTrue(client.isConnected());
            assertTrue(accepted.getOption(StandardSocketOptions.SO_KEEPALIVE));
            assertTrue(accepted.getOption(StandardSocketOptions.SO_SNDBUF) >= 50_000);
            assertTrue(listening.channel().getOption(StandardSocketOptions.SO_RCVBUF) >= 40_000);
        }
    }

    @Test
    void a_socket_for_ipv6_only_turns_ipv4_clients_away() throws Exception {
        assumeTrue(hasIpv6());
        try (NioPair pair = new NioPair(16);
                ListenSocket listening = NioListenSocket.open(NioPair.at(ANY_IPV6));
                AcceptSource source = pair.driver.watch(listening, 1);
                SocketChannel client = SocketChannel.open(NioPair.jdk(
                        NioPair.LOOPBACK.withPort(listening.address().port())))) {
            pair.readinessOf(1);
            assertNull(source.accept());
            assertEquals(IoFault.NONE, source.fault());
            assertEquals(-1, client.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void a_socket_for_both_kinds_takes_ipv4_clients() throws Exception {
        assumeTrue(hasIpv6());
        ListenOptions both = ListenOptions.DEFAULT.with().ipv6Only(false).build();
        try (NioPair pair = new NioPair(16);
                ListenSocket listening = NioListenSocket.open(NioPair.at(ANY_IPV6, both));
                AcceptSource source = pair.driver.watch(listening, 1);
                SocketChannel client = SocketChannel.open(NioPair.jdk(
                        NioPair.LOOPBACK.withPort(listening.address().port())))) {
            pair.readinessOf(1);
            Endpoint accepted = source.accept();
            assertNotNull(accepted);
            assertEquals(NioAddress.fromJdk(client.getLocalAddress()), accepted.remoteAddress());
            accepted.close();
        }
    }

    @Test
    void a_unix_socket_whose_queue_is_full_refuses() throws Exception {
        Path file = folder.resolve("full");
        try (NioPair pair = new NioPair(16);
                ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            full.bind(UnixDomainSocketAddress.of(file), 1);
            int token = 0;
            IoFault fault = IoFault.NONE;
            while (fault == IoFault.NONE && token < 16) {
                Endpoint endpoint = pair.driver.connect(unix(file), OutgoingOptions.DEFAULT, token);
                if (endpoint == null) {
                    fault = pair.driver.fault();
                } else {
                    pair.readinessOf(token);
                    fault = endpoint.connectResult();
                }
                token++;
            }
            assertEquals(IoFault.REFUSED, fault);
        }
    }

    private static SocketChannel awaitAccept(ServerSocketChannel listening) throws IOException {
        listening.configureBlocking(true);
        return listening.accept();
    }

    private static Address unix(Path path) {
        return Address.unix(path.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean hasIpv6() {
        try (ServerSocketChannel any = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            any.bind(NioPair.jdk(ANY_IPV6));
            return true;
        } catch (IOException | UnsupportedOperationException missing) {
            return false;
        }
    }
}
