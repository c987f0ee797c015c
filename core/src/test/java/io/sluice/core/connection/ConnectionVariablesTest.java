package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Variables;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What plugins with clients have in common to say of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectionVariablesTest {
    private final TestEngine engine = new TestEngine();
    private final TestEndpoint socket = new TestEndpoint(engine.slabs.nativeAccess()).answers(3);
    private final ConnectionPool pool = new ConnectionPool(1, engine);
    private final BytesSink sink = new BytesSink(16, 1024);
    private final Variables<Connection> variables = variables();
    private Connection c;

    private static Variables<Connection> variables() {
        Variables.Claims<Connection> claims = new Variables.Claims<>();
        ConnectionVariables.claim(claims, "test", c -> c);
        return claims.freeze();
    }

    @BeforeEach
    void accept() {
        Slot slot = pool.take();
        slot.endpoint(socket);
        Address own = Address.inet(new byte[] {10, 0, 0, 7}, 8080);
        Address client = Address.inet(new byte[] {(byte) 192, 0, 2, 1}, 4660);
        c = pool.open(slot, new Listening(own, ListenOptions.DEFAULT, "test", null, null, "test.conf:1"), client);
    }

    @AfterEach
    void close() {
        if (c.isOpen()) {
            c.close(CloseReason.FINISHED);
        }
        engine.close();
    }

    private String value(String name) {
        sink.reset();
        assertTrue(variables.find(name).evaluator().write(c, sink), name + " has a value");
        return sink.toString();
    }

    @Test
    void addresses_of_both_sides() {
        assertEquals("192.0.2.1", value("remote_addr"));
        assertEquals("4660", value("remote_port"));
        assertEquals("10.0.0.7", value("server_addr"));
        assertEquals("8080", value("server_port"));
        value("binary_remote_addr");
        assertArrayEquals(new byte[] {(byte) 192, 0, 2, 1}, sink.toBytes());
    }

    @Test
    void its_number_and_what_was_sent_also_when_it_is_over() {
        Buf buf = c.pool().take(16);
        buf.putAscii("abc");
        c.send(buf);
        for (int i = 0; i < 2; i++) {
            assertEquals("1", value("connection"));
            assertEquals("3", value("bytes_sent"));
            assertEquals("192.0.2.1", value("remote_addr"));
            if (i == 0) {
                c.close(CloseReason.FINISHED);
            }
        }
    }

    @Test
    void the_time() {
        engine.advanceMillis(1_007);
        assertTrue(Pattern.matches("\\d+\\.007", value("msec")), sink.toString());
        assertTrue(
                Pattern.matches("\\d\\d/.../\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000", value("time_local")),
                sink.toString());
        assertTrue(
                Pattern.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00", value("time_iso8601")),
                sink.toString());
    }
}
