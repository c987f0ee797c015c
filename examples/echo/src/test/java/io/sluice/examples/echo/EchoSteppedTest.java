package io.sluice.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.driver.ScriptedConnection;
import io.sluice.testkit.driver.Stepped;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EchoSteppedTest {
    @Test
    void all_comes_back_though_the_client_reads_slowly() {
        try (Stepped server = Stepped.of(new EchoPlugin()).start("echo.listen = 7")) {
            ScriptedConnection client = server.connect().takes(3).receives("hello");
            server.settle();
            client.receives("more").ends();
            server.settle();
            assertEquals("hel", client.sent());
            assertEquals(4, client.unread(), "nothing is read from who does not read");
            client.takesAll();
            server.settle();
            assertEquals("hellomore", client.sent());
            assertTrue(client.isClosed());
        }
    }
}
