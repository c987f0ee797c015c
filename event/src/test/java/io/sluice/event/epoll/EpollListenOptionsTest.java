package io.sluice.event.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.SocketOption;
import io.sluice.event.spi.AcceptSource;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.ListenOptionsContract;
import io.sluice.event.spi.ListenSocket;
import java.net.Socket;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EpollListenOptionsTest extends ListenOptionsContract {
    /** {@code tcpi_sacked}: of a listening socket it is the backlog. */
    private static final int BACKLOG = 28;

    @Override
    protected DriverFactory factory() {
        return new EpollDriverFactory();
    }

    @Override
    protected int option(Endpoint accepted, SocketOption option) {
        return SocketReader.option(accepted, option);
    }

    @Test
    void the_backlog_of_a_port_is_what_was_asked_for() throws Exception {
        assertEquals(77, SocketReader.tcpInfo(listen(loopback(0), options().backlog(77)), BACKLOG));
        assertEquals(511, SocketReader.tcpInfo(listen(loopback(0), options()), BACKLOG));
    }

    @Test
    void a_client_that_says_nothing_is_not_accepted_if_accepting_is_deferred() throws Exception {
        ListenSocket usual = listen(loopback(0), options());
        assertEquals(0, SocketReader.option(usual, Sockets.SOL_TCP, Sockets.TCP_DEFER_ACCEPT));
        ListenSocket socket = listen(loopback(0), options().deferred(true));
        assertTrue(SocketReader.option(socket, Sockets.SOL_TCP, Sockets.TCP_DEFER_ACCEPT) > 0);
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        Socket silent = client(socket.address());
        assertTrue(silent.isConnected());
        assertNull(source.accept());
        send(silent, "x");
        accept(source);
    }

    @Test
    void clients_may_send_bytes_before_they_are_accepted_if_that_is_allowed() throws Exception {
        ListenSocket usual = listen(loopback(0), options());
        assertEquals(0, SocketReader.option(usual, Sockets.SOL_TCP, Sockets.TCP_FASTOPEN));
        ListenSocket socket = listen(loopback(0), options().fastOpen(9));
        assertEquals(9, SocketReader.option(socket, Sockets.SOL_TCP, Sockets.TCP_FASTOPEN));
    }

    @Test
    void unsent_bytes_are_limited_as_the_number_says() throws Exception {
        assertEquals(16_384, SocketReader.option(accepted(options().notSentLowat(16_384)), SocketOption.NOTSENT_LOWAT));
        assertTrue(SocketReader.option(accepted(options()), SocketOption.NOTSENT_LOWAT) != 16_384);
    }

    @Test
    void an_ipv6_socket_is_for_ipv6_only_unless_told_otherwise() throws Exception {
        Address any = Address.inet(new byte[16], 0);
        ListenSocket usual = listen(any, options());
        assertEquals(1, SocketReader.option(usual, Sockets.SOL_IPV6, Sockets.IPV6_V6ONLY));
        ListenSocket both = listen(any, options().ipv6Only(false));
        assertEquals(0, SocketReader.option(both, Sockets.SOL_IPV6, Sockets.IPV6_V6ONLY));
        listen(Address.inet(new byte[4], usual.address().port()), options());
    }
}
