package io.sluice.event.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.event.spi.AcceptSource;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.DriverHarness;
import io.sluice.event.spi.ListenSocket;
import io.sluice.event.spi.Readiness;
import java.lang.reflect.Method;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The steady path makes no garbage: poll, token, readiness, read, write, gather and scatter. */
@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EpollAllocationTest extends DriverHarness {
    private static final long OURS = 1;
    private static final long THEIRS = 2;
    private static final int ROUNDS = 20_000;

    private Endpoint ours;
    private Endpoint theirs;
    private Buf message;
    private Buf into;
    private Chain gather;
    private Chain scatter;

    @Override
    protected DriverFactory factory() {
        return new EpollDriverFactory();
    }

    @Test
    void a_read_and_a_write_allocate_nothing() throws Exception {
        ListenSocket socket = listen(loopback(0));
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        ours = closing(driver.connect(socket.address(), OutgoingOptions.DEFAULT, OURS));
        theirs = accept(source);
        source.close();
        theirs.attach(THEIRS, false);
        message = buf("GET / HTTP/1.1");
        into = pool.take(256);
        gather = chain(buf("HTTP/1.1 "), buf("200 OK"));
        scatter = chain(pool.take(256), pool.take(256));

        // Compiling takes some batches. Asking how much was allocated allocates too, but less than a byte per round.
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < 20 && least >= ROUNDS; batch++) {
            long before = allocatedBytes();
            exchange(ROUNDS);
            least = Math.min(least, allocatedBytes() - before);
        }
        assertTrue(least < ROUNDS, least + " bytes in " + ROUNDS + " rounds");
    }

    private void exchange(int rounds) {
        for (int i = 0; i < rounds; i++) {
            expect(14, ours.write(message));
            waitFor(THEIRS);
            expect(14, theirs.read(into));
            into.clear();
            expect(15, theirs.writev(gather, ConnectionIo.UNLIMITED));
            waitFor(OURS);
            expect(15, ours.readv(scatter, ConnectionIo.UNLIMITED));
            scatter.buf().clear();
        }
    }

    private void waitFor(long token) {
        boolean found = false;
        while (!found) {
            int results = driver.poll(-1);
            for (int i = 0; i < results; i++) {
                found |= driver.token(i) == token && (driver.readiness(i) & Readiness.READ) != 0;
            }
        }
    }

    /** Not assertEquals, which may box. */
    private static void expect(long expected, long actual) {
        if (expected != actual) {
            assertEquals(expected, actual);
        }
    }

    /** By reflection: this module does not require the one that knows. */
    private static long allocatedBytes() throws ReflectiveOperationException {
        Object bean = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method allocated = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        return (long) allocated.invoke(bean);
    }
}
