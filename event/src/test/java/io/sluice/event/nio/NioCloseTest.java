package io.sluice.event.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.Endpoint;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK closes a channel's descriptor only when the selector has let go of its key. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NioCloseTest {
    @Test
    void the_peer_reads_the_end_before_the_driver_has_polled_again() throws Exception {
        try (NioPair pair = new NioPair(16)) {
            pair.attached(1).close();
            assertEquals(-1, pair.peer().read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void the_peer_is_reset_though_the_loop_goes_on_to_wait_for_ever() throws Exception {
        try (NioPair pair = new NioPair(16)) {
            Endpoint endpoint = pair.attached(1);
            endpoint.resetOnClose();
            endpoint.close();
            Thread loop = Thread.ofPlatform().start(() -> pair.driver.poll(-1));
            IOException reset =
                    assertThrows(IOException.class, () -> pair.peer().read(ByteBuffer.allocate(1)));
            assertEquals(IoFault.CONNECTION_RESET, NioFault.of(reset));
            pair.driver.wakeup();
            loop.join();
        }
    }

    @Test
    void a_closed_socket_leaves_nothing_in_the_selector() throws Exception {
        try (NioPair pair = new NioPair(16)) {
            pair.attached(1).close();
            pair.driver.poll(0);
            assertTrue(pair.selector.keys().isEmpty());
        }
    }

    @Test
    void a_listening_socket_closed_after_its_source_refuses_once_the_loop_waits_again() throws Exception {
        try (NioPair pair = new NioPair(16)) {
            NioListenSocket listening = NioListenSocket.open(NioPair.at(NioPair.LOOPBACK));
            InetSocketAddress address = (InetSocketAddress) NioPair.jdk(listening.address());
            pair.driver.watch(listening, 1).close();
            listening.close();
            Thread loop = Thread.ofPlatform().start(() -> pair.driver.poll(-1));
            awaitRefused(address);
            pair.driver.wakeup();
            loop.join();
        }
    }

    /** Until the loop has come to its select, connections may still be queued; those that are when it closes are reset. */
    private static void awaitRefused(InetSocketAddress address) throws IOException {
        while (true) {
            try (SocketChannel late = SocketChannel.open(address)) {
                assertTrue(late.isConnected());
            } catch (ConnectException refused) {
                return;
            } catch (IOException queued) {
                assertEquals(IoFault.CONNECTION_RESET, NioFault.of(queued));
            }
        }
    }
}
