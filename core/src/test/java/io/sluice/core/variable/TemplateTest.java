package io.sluice.core.variable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.Randomness;
import io.sluice.core.time.SeededRandomness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TemplateTest {
    private static final Map<String, String> REQUEST =
            Map.of("host", "a.example", "uri", "/x", "empty", "", "1", "first", "arg_q", "search");

    private final Variables<Map<String, String>> variables = new Variables.Claims<Map<String, String>>()
            .claim("host", "t", asked("host"))
            .claim("uri", "t", asked("uri"))
            .claim("empty", "t", asked("empty"))
            .claim("gone", "t", asked("gone"))
            .claim("1", "t", asked("1"))
            .claimPrefix("arg_", "t", suffix -> asked("arg_" + suffix))
            .freeze();

    @ParameterizedTest
    @CsvSource({
        "http://$host$uri,         http://a.example/x",
        "${host}x,                 a.examplex",
        "$host-$uri.html,          a.example-/x.html",
        "[$empty],                 []",
        "'[$gone]',                []",
        "?q=$arg_q&r=$arg_r,       ?q=search&r=",
        "$HOST,                    a.example",
        // One digit, as in nginx.
        "$1,                       first",
        "$10,                      first0",
        "$1st,                     firstst",
        "${1}0,                    first0",
        "}{$host}{,                }{a.example}{",
        "caf\u00e9 $uri \u20ac,    caf\u00e9 /x \u20ac",
        "plain,                    plain",
        "'',                       ''",
    })
    void a_text_becomes_what_its_variables_are(String text, String expected) {
        assertEquals(expected, evaluate(ok(text)));
    }

    @Test
    void it_appends_to_what_is_there() {
        BytesSink out = new BytesSink(4, 100);
        out.putAscii("> ");
        ok("$host").evaluate(REQUEST, out);
        ok("!").evaluate(REQUEST, out);
        assertEquals("> a.example!", out.toString());
    }

    @Test
    void what_is_not_found_leaves_nothing_behind() {
        Variables<String> half = new Variables.Claims<String>()
                .claim("half", "t", (context, out) -> {
                    out.putAscii("half a value");
                    return false;
                })
                .freeze();
        BytesSink out = new BytesSink(4, 100);
        switch (half.compile("[$half]")) {
            case Compiled.Ok<String> compiled -> compiled.template().evaluate("", out);
            case Compiled.Unknown<String> unknown -> throw new AssertionError(unknown.message());
            case Compiled.Bad<String> bad -> throw new AssertionError(bad.message());
        }
        assertEquals("[]", out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "$hots,         hots,  0, host",
        "x${hots}y,     hots,  1, host",
        "$host$urx,     urx,   5, uri",
        "$agr_q,        agr_q, 0, arg_q",
        "$qqqqqq,       qqqqqq, 0, ",
        "$host $0,      0,     6, ",
        "${arg_},       arg_,  0, ",
    })
    void an_unknown_variable_is_named_with_its_place_and_the_nearest(
            String text, String name, int position, String nearest) {
        Compiled.Unknown<?> unknown = assertInstanceOf(Compiled.Unknown.class, variables.compile(text));
        assertEquals(name, unknown.name());
        assertEquals(position, unknown.position());
        assertEquals(nearest, unknown.nearest());
    }

    @Test
    void an_unknown_variable_is_told_with_a_suggestion_if_there_is_one() {
        Compiled.Unknown<?> near = assertInstanceOf(Compiled.Unknown.class, variables.compile("$hots"));
        assertEquals("unknown variable \"$hots\", did you mean \"$host\"?", near.message());
        Compiled.Unknown<?> far = assertInstanceOf(Compiled.Unknown.class, variables.compile("$something"));
        assertEquals("unknown variable \"$something\"", far.message());
        assertNull(far.nearest());
    }

    @ParameterizedTest
    @CsvSource({
        "a$,        1, a dollar must be followed by the name of a variable",
        "$$host,    0, a dollar must be followed by the name of a variable",
        "$-,        0, a dollar must be followed by the name of a variable",
        "$host ${}, 6, a dollar must be followed by the name of a variable",
        "${host,    0, 'the closing bracket of \"${host\" is missing'",
        "${,        0, 'the closing bracket of \"${\" is missing'",
        "${ho-st},  0, 'the closing bracket of \"${ho\" is missing'",
    })
    void what_is_no_template_says_why_and_where(String text, int position, String message) {
        Compiled.Bad<?> bad = assertInstanceOf(Compiled.Bad.class, variables.compile(text));
        assertEquals(message, bad.message());
        assertEquals(position, bad.position());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "caf\u00e9"})
    void a_text_without_variables_is_constant(String text) {
        Template<Map<String, String>> template = ok(text);
        assertTrue(template.isConstant());
        assertArrayEquals(text.getBytes(UTF_8), template.constantBytes());
        // The caller may do with its copy what it likes.
        byte[] copy = template.constantBytes();
        if (copy.length > 0) {
            copy[0] = 'X';
        }
        assertEquals(text, evaluate(template));
    }

    @Test
    void a_text_with_variables_is_not_constant() {
        assertFalse(ok("$host").isConstant());
        assertFalse(ok("x$empty").isConstant());
        assertThrows(IllegalStateException.class, ok("$host")::constantBytes);
    }

    @Test
    void a_constant_may_hold_dollars() {
        Template<Map<String, String>> price = Template.constant("$5 and ${host");
        assertTrue(price.isConstant());
        assertEquals("$5 and ${host", evaluate(price));
        assertEquals("", evaluate(Template.constant("")));
    }

    @Test
    void it_tells_its_parts_and_its_text() {
        Template<Map<String, String>> template = ok("a$host${uri}b");
        assertEquals("a$host${uri}b", template.toString());
        List<String> parts = template.parts().stream()
                .map(part -> switch (part) {
                    case Template.Literal<?> literal -> new String(literal.bytes(), UTF_8);
                    case Template.Value<?> value -> "<" + value.variable().name() + ">";
                })
                .toList();
        assertEquals(List.of("a", "<host>", "<uri>", "b"), parts);
    }

    @Test
    void without_variables_every_name_is_unknown() {
        assertInstanceOf(Compiled.Unknown.class, Variables.none().compile("$host"));
        assertInstanceOf(Compiled.Ok.class, Variables.none().compile("host"));
    }

    @Test
    void any_text_is_one_of_the_three() {
        Randomness seeded = new SeededRandomness(99);
        String[] pieces = {"$", "{", "}", "host", "uri", "1", "9", "_", "-", " ", "arg_", "\u20ac", "\n"};
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = seeded.nextInt(8); i > 0; i--) {
                text.append(pieces[seeded.nextInt(pieces.length)]);
            }
            switch (variables.compile(text.toString())) {
                case Compiled.Ok<Map<String, String>> ok -> evaluate(ok.template());
                case Compiled.Unknown<Map<String, String>> unknown ->
                    assertEquals('$', text.charAt(unknown.position()));
                case Compiled.Bad<Map<String, String>> bad -> assertEquals('$', text.charAt(bad.position()));
            }
        }
    }

    private static Evaluator<Map<String, String>> asked(String key) {
        return (request, out) -> {
            String value = request.get(key);
            if (value == null) {
                return false;
            }
            out.putAscii(value);
            return true;
        };
    }

    private Template<Map<String, String>> ok(String text) {
        Compiled<Map<String, String>> compiled = variables.compile(text);
        return switch (compiled) {
            case Compiled.Ok<Map<String, String>>(Template<Map<String, String>> template) -> template;
            case Compiled.Unknown<Map<String, String>> unknown -> throw new AssertionError(unknown.message());
            case Compiled.Bad<Map<String, String>> bad -> throw new AssertionError(bad.message());
        };
    }

    private static String evaluate(Template<Map<String, String>> template) {
        BytesSink out = new BytesSink(4, 1000);
        template.evaluate(REQUEST, out);
        return out.toString();
    }
}
