package io.sluice.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Outgoing;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.event.epoll.EpollDriverFactory;
import io.sluice.event.nio.NioDriverFactory;
import io.sluice.event.spi.Capability;
import io.sluice.event.spi.DriverFactory;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What cannot be connected with is told with setting, place and reason, all of it at once. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectNeedsTest {
    private static final OutgoingOptions TRANSPARENT =
            OutgoingOptions.DEFAULT.with().transparent(true).build();

    @Test
    void what_nio_lacks_is_told_at_once() {
        List<Outgoing> ways = List.of(
                new Outgoing(OutgoingOptions.DEFAULT, "a.conf:1"),
                new Outgoing(TRANSPARENT, "a.conf:2"),
                new Outgoing(
                        OutgoingOptions.DATAGRAM.with().local(unix("/run/x")).build(), "a.conf:3"),
                new Outgoing(OutgoingOptions.DEFAULT.with().local(unix("\0x")).build(), "a.conf:4"));
        assertEquals(
                List.of(
                        "a.conf:2: transparent: the driver nio has no such thing",
                        "a.conf:3: datagrams over unix sockets: the driver nio has no such thing",
                        "a.conf:4: abstract unix sockets: the driver nio has no such thing"),
                ConnectNeeds.problems(ways, new NioDriverFactory()));
        assertEquals(List.of(), ConnectNeeds.problems(List.of(ways.get(2), ways.get(3)), new EpollDriverFactory()));
    }

    @Test
    void what_the_system_does_not_allow_is_told_with_its_reason() {
        DriverFactory driver = mock(DriverFactory.class);
        when(driver.capabilities()).thenReturn(EnumSet.allOf(Capability.class));
        when(driver.refusal(any())).thenReturn("setsockopt(IP_TRANSPARENT) failed (Operation not permitted)");
        assertEquals(
                List.of("a.conf:2: transparent: setsockopt(IP_TRANSPARENT) failed (Operation not permitted)"),
                ConnectNeeds.problems(List.of(new Outgoing(TRANSPARENT, "a.conf:2")), driver));
    }

    private static Address unix(String path) {
        return Address.unix(path.getBytes(StandardCharsets.UTF_8));
    }
}
