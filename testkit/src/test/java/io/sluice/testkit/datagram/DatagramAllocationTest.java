package io.sluice.testkit.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogWriter;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.time.SeededRandomness;
import io.sluice.core.time.SystemClock;
import io.sluice.event.Drivers;
import io.sluice.event.Server;
import io.sluice.event.ServerOptions;
import io.sluice.event.Worker;
import io.sluice.testkit.heap.Allocated;
import io.sluice.testkit.server.Assembly;
import io.sluice.testkit.server.LogMemory;
import io.sluice.testkit.server.Remains;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Steady datagrams of clients that are known leave nothing on the heap: from the socket through the table and the consumer and back. */
@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatagramAllocationTest {
    private static final int DATAGRAMS = 5_000;
    private static final int CLIENTS = 8;

    /** Sends back what comes. */
    private static final class Echo implements Plugin {
        private record Session(Connection c, Buf buf) {}

        @Override
        public String id() {
            return "echo";
        }

        @Override
        public void configure(PluginBinder binder) {
            binder.consumer("echo", Session.class).datagrams().to(() -> new Consumer<>() {
                @Override
                public Session accepted(Connection c) {
                    return new Session(c, c.pool().take(2048));
                }

                @Override
                public void readable(Session s) {
                    while (s.c().recv(s.buf()) > 0) {
                        s.c().readTimeout(60_000);
                        s.c().send(s.buf());
                        s.buf().clear();
                    }
                }
            });
        }
    }

    private final DatagramChannel[] clients = new DatagramChannel[CLIENTS];
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(100);

    @Test
    void a_datagram_there_and_back_allocates_nothing() throws Exception {
        SystemClock clock = new SystemClock();
        LogOrigin origin = LogOrigin.ofProcess(1, clock, ZoneOffset.UTC);
        LogWriter logs = new LogWriter(clock, origin, 64);
        ErrorLog log = ErrorLog.of(origin, LogLevel.ERR, logs.attach(new LogMemory()));
        ServerOptions options = new ServerOptions(
                Drivers.choose("epoll"), clock, new SeededRandomness(1), ZoneOffset.UTC, 1, logs, log);
        String listen = "echo.listen = { address = \"127.0.0.1:0\", udp = on }";
        Server server =
                Server.prepare(new Assembly(List.of(new Echo()), Path.of("target")).loadToStart(listen), options);
        Worker worker = server.workers().getFirst();
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] = DatagramChannel.open();
            clients[i].connect(new InetSocketAddress(
                    "127.0.0.1", server.addresses().getFirst().port()));
        }
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < 20 && least >= DATAGRAMS; batch++) {
            least = Math.min(least, Allocated.by(() -> exchange(worker)));
        }
        assertTrue(least < DATAGRAMS, least + " bytes for " + DATAGRAMS + " datagrams");
        assertEquals(CLIENTS, worker.status().open());
        for (DatagramChannel client : clients) {
            client.close();
        }
        server.close();
        logs.close(Duration.ZERO);
        Remains.assertNone(server);
    }

    private void exchange(Worker worker) {
        try {
            for (int round = 0; round < DATAGRAMS / CLIENTS; round++) {
                for (int i = 0; i < CLIENTS; i++) {
                    clients[i].write(bytes.clear());
                }
                worker.turn();
                for (int i = 0; i < CLIENTS; i++) {
                    if (clients[i].read(bytes.clear()) != bytes.capacity()) {
                        throw new AssertionError("a datagram is missing");
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
