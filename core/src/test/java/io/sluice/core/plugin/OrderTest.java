package io.sluice.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.config.References;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderTest {
    private final Configuration configuration = Configuration.parse("", "test.conf", References.none());

    private static Order.Entry<String> entry(String name, List<String> before, List<String> after) {
        return new Order.Entry<>(name, name, before, after);
    }

    private static Order.Entry<String> entry(String name) {
        return Order.Entry.of(name, name);
    }

    private String resolve(List<String> wanted, List<Order.Entry<String>> entries) {
        return Order.resolve("filters", entries, wanted, configuration.root()).stream()
                .map(Order.Entry::value)
                .collect(Collectors.joining(" "));
    }

    @Test
    void who_asks_for_nothing_stays_where_it_came() {
        assertEquals("b a c", resolve(List.of(), List.of(entry("b"), entry("a"), entry("c"))));
    }

    @Test
    void before_and_after_move_no_more_than_they_must() {
        assertEquals("a c b", resolve(List.of(), List.of(entry("a"), entry("b", List.of(), List.of("c")), entry("c"))));
        assertEquals("b c a", resolve(List.of(), List.of(entry("a"), entry("b"), entry("c", List.of("a"), List.of()))));
    }

    @Test
    void names_that_nobody_has_are_ignored() {
        assertEquals("a b", resolve(List.of("z"), List.of(entry("a", List.of("y"), List.of("x")), entry("b"))));
    }

    @Test
    void the_list_of_the_user_wins() {
        assertEquals("b a", resolve(List.of("b", "a"), List.of(entry("a", List.of("b"), List.of()), entry("b"))));
    }

    @Test
    void a_contradiction_is_a_problem_that_names_both_sides() {
        resolve(List.of(), List.of(entry("a", List.of(), List.of("b")), entry("b", List.of(), List.of("a"))));
        ConfigurationException refused = assertThrows(ConfigurationException.class, configuration::check);
        assertTrue(refused.getMessage().contains("filters cannot be ordered: a goes after b, b goes after a"));
    }
}
