package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.sluice.core.connection.Address;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MovedPortsTest {

    private final MovedPorts moved = new MovedPorts(Map.of(8080, 40001, 9101, 40002));

    @ParameterizedTest
    @CsvSource({
        "8080, 40001",
        "127.0.0.1:8080, 127.0.0.1:40001",
        "[::1]:9101, [::1]:40002",
        "http://localhost:9101, http://localhost:40002",
        "http://localhost:9101/a/8080, http://localhost:40002/a/8080",
        // not this port
        "80801, 80801",
        "127.0.0.1:80, 127.0.0.1:80",
        "origin 8080, origin 8080",
        "8080k, 8080k",
    })
    void a_text_that_names_a_port_names_the_other_one(String before, String after) {
        Config tree = ConfigFactory.parseMap(Map.of("a", before));
        assertEquals(after, moved.in(tree.root()).toConfig().getString("a"));
    }

    @Test
    void ports_move_in_lists_and_objects_and_as_numbers_too() {
        Config tree = ConfigFactory.parseString("a.b = [ { c = [\"x:8080\", true], d = 8080, e = null } ], f = 1");
        assertEquals(
                ConfigFactory.parseString("a.b = [ { c = [\"x:40001\", true], d = \"40001\", e = null } ], f = 1"),
                moved.in(tree.root()).toConfig());
    }

    @Test
    void every_port_gets_one_of_its_own() throws IOException {
        byte[] loopback = {127, 0, 0, 1};
        List<Address> listened =
                List.of(Address.inet(loopback, 1), Address.inet(loopback, 2), Address.inet(new byte[16], 2));
        Map<Integer, Integer> moves = MovedPorts.ofMachine(listened).moves();
        assertEquals(2, moves.size());
        assertNotEquals(moves.get(1), moves.get(2));
    }

    @Test
    void a_port_that_the_system_chooses_stays() throws IOException {
        assertEquals(
                Map.of(),
                MovedPorts.ofMachine(List.of(Address.inet(new byte[4], 0))).moves());
    }
}
