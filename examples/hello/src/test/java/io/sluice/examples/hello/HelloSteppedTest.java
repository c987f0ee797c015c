package io.sluice.examples.hello;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.http.HttpPlugin;
import io.sluice.testkit.driver.ScriptedConnection;
import io.sluice.testkit.driver.Stepped;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HelloSteppedTest {
    @Test
    void each_location_greets_whom_it_says() {
        try (Stepped server = Stepped.of(new HttpPlugin(), new HelloPlugin()).start("""
                http.servers = [ { listen = 80, locations = [ { path = "/", hello = "world" }, { path = "/moon", hello = "moon" } ] } ]
                """)) {
            ScriptedConnection client = server.connect().receives("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            server.settle();
            assertTrue(client.newlySent().endsWith("\r\n\r\nhello, world\n"));
            client.receivesInPieces("GET /moon HTTP/1.1\r\nHost: a\r\n\r\n", 3);
            server.settle();
            assertTrue(client.newlySent().endsWith("\r\n\r\nhello, moon\n"));
        }
    }
}
