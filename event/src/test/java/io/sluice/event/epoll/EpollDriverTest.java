package io.sluice.event.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.log.IoFault;
import io.sluice.event.linux.Descriptors;
import io.sluice.event.linux.EpollEvent;
import io.sluice.event.spi.AcceptSource;
import io.sluice.event.spi.DriverContract;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.ListenSocket;
import io.sluice.event.spi.Readiness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EpollDriverTest extends DriverContract {
    private static final long TOKEN = 77;

    @Override
    protected DriverFactory factory() {
        return new EpollDriverFactory();
    }

    @ParameterizedTest
    @CsvSource({
        "-1, -1",
        "0, 0",
        "1, 1", // rounded down it would spin until the timer is due
        "1000000, 1",
        "1000001, 2",
        "9223372036854775807, 2147483647",
    })
    void a_wait_is_rounded_up_to_milliseconds(long nanos, int millis) {
        assertEquals(millis, EpollDriver.millis(nanos));
    }

    @Test
    void bits_of_epoll_become_bits_of_readiness() {
        assertEquals(Readiness.READ, EpollDriver.readinessOf(EpollEvent.IN));
        assertEquals(Readiness.WRITE, EpollDriver.readinessOf(EpollEvent.OUT));
        assertEquals(Readiness.READ | Readiness.PEER_CLOSED, EpollDriver.readinessOf(EpollEvent.RDHUP));
        int failed = Readiness.READ | Readiness.WRITE | Readiness.ERROR;
        assertEquals(failed, EpollDriver.readinessOf(EpollEvent.ERR));
        assertEquals(failed, EpollDriver.readinessOf(EpollEvent.HUP));
        assertEquals(0, EpollDriver.readinessOf(0));
    }

    @Test
    void a_foreign_listening_socket_is_not_watched() {
        ListenSocket foreign = Mockito.mock(ListenSocket.class);
        assertThrows(IllegalArgumentException.class, () -> driver.watch(foreign, LISTENER));
    }

    /** A limit below every number in use: whatever is opened now is refused. */
    @Test
    void a_process_without_descriptors_tells_so_and_recovers() throws Exception {
        ListenSocket socket = listen(loopback(0));
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        client(socket.address());
        accept(source);
        client(socket.address());
        await(LISTENER, Readiness.READ);
        Descriptors limits = Descriptors.limits();
        Endpoint refused;
        Endpoint notOpened;
        IoFault acceptFault;
        IoFault connectFault;
        Descriptors.limit(3);
        try {
            refused = source.accept();
            acceptFault = source.fault();
            notOpened = driver.connect(socket.address(), OutgoingOptions.DEFAULT, TOKEN);
            connectFault = driver.fault();
        } finally {
            Descriptors.limit(limits.soft());
        }
        assertNull(refused);
        assertEquals(IoFault.NO_DESCRIPTORS, acceptFault);
        assertNull(notOpened);
        assertEquals(IoFault.NO_DESCRIPTORS, connectFault);
        accept(source);
    }

    /** It is taken out and put back now and then, so that another worker is woken first. */
    @Test
    void a_shared_listening_socket_goes_on_being_reported() throws Exception {
        ListenSocket socket = listen(loopback(0));
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        AcceptSource second = closing(anotherDriver().watch(socket, LISTENER));
        for (int i = 0; i < 40; i++) {
            client(socket.address());
            await(LISTENER, Readiness.READ);
            accept(source);
        }
        source.pause();
        client(socket.address());
        accept(second);
        assertNull(source.accept());
        assertEquals(0, reported(LISTENER));
    }

    @Test
    void a_unix_socket_may_be_connected_to_by_everybody(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("socket");
        listen(unix(path));
        assertEquals("rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    void a_unix_client_that_has_a_name_is_known_by_it(@TempDir Path folder) throws Exception {
        ListenSocket socket = listen(unix(folder.resolve("server")));
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        Address name = unix(folder.resolve("client"));
        closing(connecting(driver.connect(socket.address(), from(name), TOKEN)));
        assertEquals(name, accept(source).remoteAddress());
    }

    @Test
    void an_address_is_whole_after_a_shorter_one(@TempDir Path folder) throws Exception {
        ListenSocket unix = listen(unix(folder.resolve("server")));
        AcceptSource first = closing(driver.watch(unix, LISTENER));
        closing(connecting(driver.connect(unix.address(), OutgoingOptions.DEFAULT, TOKEN)));
        assertEquals(Address.unix(new byte[0]), accept(first).remoteAddress());
        Pair pair = pair();
        assertEquals(loopback(pair.theirs().getLocalPort()), pair.ours().remoteAddress());
    }

    @Test
    void a_unix_socket_with_a_full_queue_refuses(@TempDir Path folder) throws Exception {
        ListenOptions options = ListenOptions.DEFAULT.with().backlog(1).build();
        ListenSocket socket = closing(factory().listen(listening(unix(folder.resolve("socket")), options)));
        int made = 0;
        Endpoint endpoint = driver.connect(socket.address(), OutgoingOptions.DEFAULT, TOKEN);
        while (endpoint != null && made < 100) {
            made++;
            closing(endpoint);
            endpoint = driver.connect(socket.address(), OutgoingOptions.DEFAULT, TOKEN);
        }
        assertNull(endpoint);
        assertEquals(IoFault.REFUSED, driver.fault());
    }

    @Test
    void an_ipv6_wildcard_takes_ipv4_only_if_asked() throws Exception {
        Address wildcard = Address.inet(new byte[16], 0);
        ListenOptions both = ListenOptions.DEFAULT.with().ipv6Only(false).build();
        ListenSocket dual = closing(factory().listen(listening(wildcard, both)));
        AcceptSource source = closing(driver.watch(dual, LISTENER));
        closing(connecting(driver.connect(loopback(dual.address().port()), OutgoingOptions.DEFAULT, TOKEN)));
        assertEquals("::ffff:127.0.0.1", accept(source).remoteAddress().host());

        ListenSocket alone = listen(wildcard);
        Endpoint refused = driver.connect(loopback(alone.address().port()), OutgoingOptions.DEFAULT, TOKEN);
        if (refused != null) {
            closing(refused);
            await(TOKEN, Readiness.ERROR);
            assertEquals(IoFault.REFUSED, refused.connectResult());
        }
    }

    private static Address unix(Path path) {
        return Address.unix(path.toString().getBytes(StandardCharsets.UTF_8));
    }
}
