package io.sluice.event.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.SocketOption;
import io.sluice.event.linux.LibC;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.OutgoingContract;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EpollOutgoingTest extends OutgoingContract {
    @Override
    protected DriverFactory factory() {
        return new EpollDriverFactory();
    }

    @Override
    protected int option(Endpoint endpoint, SocketOption option) {
        int fd = ((EpollEndpoint) endpoint).fd();
        Arguments arguments = new Arguments();
        arguments.sockAddr.set(ValueLayout.JAVA_INT, 0, Integer.BYTES);
        int result = LibC.getsockopt(
                arguments.errno,
                fd,
                Sockets.level(option),
                Sockets.name(option),
                arguments.valueAt,
                arguments.sockAddrAt);
        assertEquals(0, result);
        int value = arguments.value.get(ValueLayout.JAVA_INT, 0);
        // Of a buffer Linux counts its own overhead too, and answers twice as much.
        boolean buffer = option == SocketOption.RECEIVE_BUFFER || option == SocketOption.SEND_BUFFER;
        return buffer ? value / 2 : value;
    }
}
