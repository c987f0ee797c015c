package io.sluice.core.variable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For a fuzzer: a text with variables becomes what a second, slow reading of it makes, or says where it is wrong. */
final class TemplateFuzz {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{(?<braced>[A-Za-z0-9_]+)}|(?<bare>[1-9]|(?![1-9])[A-Za-z0-9_]+))");
    private static final Variables<String> VARIABLES = new Variables.Claims<String>()
            .claim("host", "t", (context, out) -> put("<host>", out))
            .claim("a", "t", (context, out) -> put("", out))
            .claim("none", "t", (context, out) -> !put("half", out))
            .claim("1", "t", (context, out) -> put("<1>", out))
            .claimPrefix("arg_", "t", suffix -> (context, out) -> put("<arg " + suffix + ">", out))
            .freeze();

    private TemplateFuzz() {}

    private static boolean put(String text, BytesSink out) {
        out.put(text.getBytes(StandardCharsets.UTF_8));
        return true;
    }

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        String expected = slowly(text);
        switch (VARIABLES.compile(text)) {
            case Compiled.Ok<String>(Template<String> template) -> {
                BytesSink out = new BytesSink(0, 1 << 20);
                template.evaluate("", out);
                assertEquals(expected, "=" + out);
                assertEquals(text, template.toString());
                assertEquals(text.indexOf('$') < 0, template.isConstant());
            }
            case Compiled.Unknown<String> unknown -> {
                assertEquals("unknown " + unknown.position(), expected);
                assertTrue(!unknown.message().isEmpty());
            }
            case Compiled.Bad<String>(String message, int position) -> {
                assertEquals("bad " + position, expected);
                assertTrue(!message.isEmpty());
            }
        }
    }

    private static String slowly(String text) {
        StringBuilder all = new StringBuilder("=");
        Matcher variable = VARIABLE.matcher(text);
        int at = 0;
        for (int dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
            all.append(text, at, dollar);
            if (!variable.region(dollar, text.length()).lookingAt()) {
                return "bad " + dollar;
            }
            String name = variable.group("braced") != null ? variable.group("braced") : variable.group("bare");
            String value = value(name.toLowerCase(Locale.ROOT));
            if (value == null) {
                return "unknown " + dollar;
            }
            all.append(value);
            at = variable.end();
        }
        return all.append(text, at, text.length()).toString();
    }

    private static String value(String name) {
        return switch (name) {
            case "host" -> "<host>";
            case "a", "none" -> "";
            case "1" -> "<1>";
            default -> name.startsWith("arg_") && name.length() > 4 ? "<arg " + name.substring(4) + ">" : null;
        };
    }
}
