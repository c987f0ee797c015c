package io.sluice.event.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.log.IoFault;
import io.sluice.event.linux.Descriptors;
import io.sluice.event.spi.AcceptSource;
import io.sluice.event.spi.DriverContract;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.ListenSocket;
import io.sluice.event.spi.Readiness;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mockito.Mockito;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NioDriverTest extends DriverContract {
    private static final long TOKEN = 77;

    @Override
    protected DriverFactory factory() {
        return new NioDriverFactory();
    }

    @Test
    void what_another_kind_of_driver_made_is_not_taken() {
        ListenSocket foreign = Mockito.mock(ListenSocket.class);
        assertThrows(IllegalArgumentException.class, () -> driver.watch(foreign, LISTENER));
        Endpoint endpoint = Mockito.mock(Endpoint.class);
        assertThrows(IllegalArgumentException.class, () -> driver.adopt(endpoint));
    }

    /** A limit below every number in use: whatever is opened now is refused. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void a_process_without_descriptors_tells_so_and_recovers() throws Exception {
        ListenSocket socket = listen(loopback(0));
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        client(socket.address());
        accept(source);
        client(socket.address());
        await(LISTENER, Readiness.READ);
        Descriptors limits = Descriptors.limits();
        // Loads the classes that are needed below: to read their files takes a descriptor.
        Descriptors.limit(limits.soft());
        assertEquals(IoFault.OTHER, NioFault.of(new IOException()));
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
}
