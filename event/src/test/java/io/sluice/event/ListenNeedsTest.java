package io.sluice.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.SocketType;
import io.sluice.event.epoll.EpollDriverFactory;
import io.sluice.event.nio.NioDriverFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a driver lacks is told with setting, place and driver; all of it at once, and before anything is opened. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ListenNeedsTest {
    private static final Address PORT = Address.inet(new byte[] {127, 0, 0, 1}, 80);
    private static final Address ANY6 = Address.inet(new byte[16], 80);

    @Test
    void what_nio_lacks_is_told_at_once() {
        List<Listening> wanted = List.of(
                at(1, PORT, ListenOptions.DEFAULT.with().deferred(true).fastOpen(5)),
                at(2, PORT.withPort(81), ListenOptions.DEFAULT.with().notSentLowat(16_384)),
                at(3, unix("\0name"), ListenOptions.DEFAULT.with()),
                at(4, unix("/run/x"), ListenOptions.DEFAULT.with()),
                at(
                        6,
                        PORT.withPort(83),
                        ListenOptions.DEFAULT
                                .with()
                                .socketType(SocketType.DATAGRAM)
                                .reusePort(true)),
                at(5, PORT.withPort(82), ListenOptions.DEFAULT.with().reusePort(true)));
        assertEquals(
                List.of(
                        "test.conf:1: deferred: the driver nio has no such thing",
                        "test.conf:1: fastopen: the driver nio has no such thing",
                        "test.conf:2: notsent-lowat: the driver nio has no such thing",
                        "test.conf:3: abstract unix sockets: the driver nio has no such thing"),
                ListenNeeds.problems(wanted, new NioDriverFactory()));
        assertEquals(List.of(), ListenNeeds.problems(wanted, new EpollDriverFactory()));
    }

    @Test
    void nio_cannot_share_a_port_between_an_ipv6_wildcard_and_ipv4() {
        List<Listening> wanted =
                List.of(at(1, ANY6, ListenOptions.DEFAULT.with()), at(2, PORT, ListenOptions.DEFAULT.with()));
        assertEquals(
                List.of("test.conf:1: ipv6only = on: the driver nio cannot listen on [::]:80 and on 127.0.0.1:80"
                        + " (test.conf:2): give the IPv6 wildcard ipv6only = off and leave the other out"),
                ListenNeeds.problems(wanted, new NioDriverFactory()));
        assertEquals(List.of(), ListenNeeds.problems(wanted, new EpollDriverFactory()));
        List<Listening> apart = List.of(
                at(1, ANY6, ListenOptions.DEFAULT.with()), at(2, PORT.withPort(81), ListenOptions.DEFAULT.with()));
        assertEquals(List.of(), ListenNeeds.problems(apart, new NioDriverFactory()));
    }

    private static Address unix(String path) {
        return Address.unix(path.getBytes(StandardCharsets.UTF_8));
    }

    private static Listening at(int line, Address address, ListenOptions.Builder options) {
        return new Listening(address, options.build(), "test", null, null, "test.conf:" + line);
    }
}
