package io.sluice.core.variable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one template by the rules of ngx_http_script_compile. Used once. */
final class TemplateCompiler<C> {
    private final Variables<C> variables;
    private final String text;
    private final List<Template.Part<C>> parts = new ArrayList<>();
    private int position;

    TemplateCompiler(Variables<C> variables, String text) {
        this.variables = variables;
        this.text = text;
    }

    Compiled<C> compile() {
        while (position < text.length()) {
            int dollar = text.indexOf('$', position);
            int end = dollar < 0 ? text.length() : dollar;
            if (end > position) {
                parts.add(new Template.Literal<>(text.substring(position, end).getBytes(StandardCharsets.UTF_8)));
                position = end;
            }
            if (dollar >= 0) {
                Compiled<C> mistake = variable(dollar);
                if (mistake != null) {
                    return mistake;
                }
            }
        }
        return new Compiled.Ok<>(new Template<>(text, parts));
    }

    static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    /**
     * Reads what stands behind a dollar.
     *
     * @return null if it was good, else what is wrong
     */
    private @Nullable Compiled<C> variable(int dollar) {
        boolean braced = dollar + 1 < text.length() && text.charAt(dollar + 1) == '{';
        int start = braced ? dollar + 2 : dollar + 1;
        int end = braced ? endOfName(start) : endOfBareName(start);
        if (braced && (end == text.length() || text.charAt(end) != '}')) {
            return new Compiled.Bad<>(
                    "the closing bracket of \"${" + text.substring(start, end) + "\" is missing", dollar);
        }
        if (end == start) {
            return new Compiled.Bad<>("a dollar must be followed by the name of a variable", dollar);
        }
        String name = text.substring(start, end);
        Variable<C> found = variables.find(name);
        if (found == null) {
            return new Compiled.Unknown<>(name, dollar, variables.nearest(name));
        }
        parts.add(new Template.Value<>(found));
        position = braced ? end + 1 : end;
        return null;
    }

    /** A capture is one digit: {@code $10} is the first capture and a zero. */
    private int endOfBareName(int start) {
        if (start < text.length() && text.charAt(start) >= '1' && text.charAt(start) <= '9') {
            return start + 1;
        }
        return endOfName(start);
    }

    private int endOfName(int start) {
        int end = start;
        while (end < text.length() && isNameCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
