package io.sluice.core.variable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VariablesTest {
    private final Variables.Claims<String> claims = new Variables.Claims<>();

    @Test
    void a_claimed_name_is_found_in_any_case() {
        claims.claim("Remote_Addr", "http", says("192.0.2.1"));
        Variables<String> variables = claims.freeze();
        assertEquals("192.0.2.1", value(variables, "remote_addr"));
        assertEquals("192.0.2.1", value(variables, "REMOTE_ADDR"));
        assertNull(variables.find("remote_addr_"));
        assertNull(variables.find("remote_add"));
        assertNull(variables.find(""));
    }

    @Test
    void a_prefix_serves_every_name_that_begins_so() {
        claims.claimPrefix("arg_", "http", suffix -> says("<" + suffix + ">"));
        Variables<String> variables = claims.freeze();
        assertEquals("<a>", value(variables, "arg_a"));
        assertEquals("<long_name>", value(variables, "ARG_Long_Name"));
        assertNull(variables.find("arg_"));
        assertNull(variables.find("arg"));
    }

    @Test
    void a_whole_name_wins_over_a_prefix_and_a_longer_prefix_over_a_shorter() {
        claims.claimPrefix("http_", "http", suffix -> says("header " + suffix))
                .claimPrefix("http_x_", "x", suffix -> says("x " + suffix))
                .claim("http_host", "http", says("whole"));
        Variables<String> variables = claims.freeze();
        assertEquals("whole", value(variables, "http_host"));
        assertEquals("header hosts", value(variables, "http_hosts"));
        assertEquals("x y", value(variables, "http_x_y"));
    }

    @Test
    void all_collisions_are_told_each_with_both_claimants() {
        claims.claim("host", "http", says("1"))
                .claim("HOST", "stream", says("2"))
                .claim("host", "mine", says("3"))
                .claimPrefix("arg_", "http", suffix -> says("4"))
                .claimPrefix("arg_", "mine", suffix -> says("5"))
                // A name within somebody's prefix is not a collision: it is more precise.
                .claim("arg_x", "mine", says("6"));
        assertEquals(
                List.of(
                        "variable \"$host\" is defined by both \"http\" and \"stream\"",
                        "variable \"$host\" is defined by both \"http\" and \"mine\"",
                        "variable \"$arg_*\" is defined by both \"http\" and \"mine\""),
                claims.collisions().stream().map(Collision::message).toList());
        assertThrows(IllegalStateException.class, claims::freeze);
        List<String> told = new ArrayList<>();
        assertNull(claims.freeze(told::add).find("arg_x"), "with collisions there are none at all");
        assertEquals(claims.collisions().stream().map(Collision::message).toList(), told);
    }

    @Test
    void without_collisions_nothing_is_told() {
        claims.claim("a", "mine", says("1"));
        assertEquals("1", value(claims.freeze(message -> fail(message)), "a"));
    }

    @Test
    void a_plugin_that_claims_twice_collides_with_itself() {
        claims.claim("a", "mine", says("1")).claim("a", "mine", says("2"));
        assertEquals(List.of(new Collision("a", "mine", "mine")), claims.collisions());
    }

    @Test
    void what_is_frozen_does_not_change_any_more() {
        Variables<String> variables = claims.freeze();
        claims.claim("late", "mine", says("1"));
        assertNull(variables.find("late"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-b", "$a", "a b", "\u00e4", "a.b"})
    void a_name_that_no_template_could_use_is_refused(String name) {
        assertThrows(IllegalArgumentException.class, () -> claims.claim(name, "mine", says("1")));
        assertThrows(IllegalArgumentException.class, () -> claims.claimPrefix(name, "mine", suffix -> says("1")));
    }

    @ParameterizedTest
    @CsvSource({
        "hots,              host",
        "remote_adr,        remote_addr",
        "reqest_uri,        request_uri",
        "REQUEST_URL,       request_uri",
        "agr_page,          arg_page",
        "upstream_htp_etag, upstream_http_etag",
        // Two replacements of one letter each are as near: the first of the alphabet.
        "hosx,              host",
        "zzz,               ",
        "x,                 ",
    })
    void a_mistaken_name_leads_to_the_nearest(String written, String meant) {
        claims.claim("hosz", "t", says("")).claim("host", "t", says("")).claim("remote_addr", "t", says(""));
        claims.claim("request_uri", "t", says("")).claimPrefix("arg_", "t", suffix -> says(""));
        claims.claimPrefix("upstream_http_", "t", suffix -> says(""));
        assertEquals(meant, claims.freeze().nearest(written));
    }

    private static Evaluator<String> says(String text) {
        return (context, out) -> {
            out.putAscii(text);
            return true;
        };
    }

    private static String value(Variables<String> variables, String name) {
        Variable<String> found = variables.find(name);
        assertNotNull(found);
        BytesSink out = new BytesSink(16, 100);
        found.evaluator().write("", out);
        return out.toString();
    }
}
