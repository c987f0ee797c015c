package io.sluice.event.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Endpoint;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NioSteadyStateTest {
    private static final int EXCHANGES = 2000;
    private static final int REQUEST = 100;
    private static final int HEAD = 300;
    private static final int BODY = 8000;

    /** The JDK finds a key by an Integer, and keeps only those up to 127. */
    private static final int JDK_BYTES_PER_RESULT = 16;

    @Test
    void an_exchange_on_an_open_connection_puts_nothing_on_the_heap() throws Exception {
        try (NioPair pair = new NioPair(16)) {
            Endpoint endpoint = pair.attached(1);
            Buf request = pair.pool.take(4096);
            Chain response = pair.pool.link(filled(pair, HEAD));
            response.next(pair.pool.link(filled(pair, BODY)));
            ByteBuffer sent = ByteBuffer.allocateDirect(REQUEST);
            ByteBuffer received = ByteBuffer.allocateDirect(HEAD + BODY);
            exchanges(pair, endpoint, request, response, sent, received);

            long before = allocatedBytes();
            exchanges(pair, endpoint, request, response, sent, received);
            long perExchange = (allocatedBytes() - before) / EXCHANGES;
            assertTrue(perExchange <= JDK_BYTES_PER_RESULT, perExchange + " bytes");
        }
    }

    private static void exchanges(
            NioPair pair, Endpoint endpoint, Buf request, Chain response, ByteBuffer sent, ByteBuffer received)
            throws Exception {
        for (int i = 0; i < EXCHANGES; i++) {
            pair.peer().write(sent.clear());
            pair.readinessOf(1);
            request.clear();
            assertEquals(REQUEST, endpoint.read(request));
            endpoint.awaitRead();
            assertEquals(HEAD + BODY, endpoint.writev(response, Long.MAX_VALUE));
            received.clear();
            while (received.hasRemaining()) {
                pair.peer().read(received);
            }
        }
    }

    private static Buf filled(NioPair pair, int bytes) {
        Buf buf = pair.pool.take(bytes);
        buf.put(new byte[bytes]);
        return buf;
    }

    /** By reflection, because the module under test has no use for the JDK's management. */
    private static long allocatedBytes() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method method = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        return (long) method.invoke(threads);
    }
}
