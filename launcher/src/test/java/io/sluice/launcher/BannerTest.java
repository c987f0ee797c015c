package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.connection.Address;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BannerTest {

    @Test
    void what_to_try_is_something_curl_can_reach() {
        assertEquals("curl http://127.0.0.1:8080/", Banner.curl(Address.inet(new byte[] {127, 0, 0, 1}, 8080)));
        assertEquals("curl http://localhost:80/", Banner.curl(Address.inet(new byte[4], 80)));
        assertEquals("curl http://localhost:80/", Banner.curl(Address.inet(new byte[16], 80)));
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        assertEquals("curl http://[::1]:80/", Banner.curl(Address.inet(loopback, 80)));
        assertEquals(
                "curl --unix-socket /run/a.sock http://localhost/",
                Banner.curl(Address.unix("/run/a.sock".getBytes(StandardCharsets.UTF_8))));
    }
}
