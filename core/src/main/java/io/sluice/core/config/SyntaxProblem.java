package io.sluice.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import org.jspecify.annotations.Nullable;

/** Puts what typesafe-config says of a text it cannot read into the form of a problem, with a way out. */
final class SyntaxProblem {

    private SyntaxProblem() {}

    /** @param name of the file, for an exception that does not know it */
    static Problem of(ConfigException exception, String name) {
        ConfigOrigin origin = exception.origin();
        Problem problem = origin == null ? new Problem(name, 0, "") : Problem.at(origin, "");
        return new Problem(problem.file(), problem.line(), message(exception, origin));
    }

    private static String message(ConfigException exception, @Nullable ConfigOrigin origin) {
        String full = String.valueOf(exception.getMessage());
        String place = origin == null ? "" : origin.description() + ": ";
        String text = full.startsWith(place) ? full.substring(place.length()) : full;
        int advice = text.lastIndexOf(" (if you ");
        String core = (advice < 0 ? text : text.substring(0, advice)).replace("a close parentheses ')'", "'}' or ')'");
        return core + way(core, advice >= 0);
    }

    /** Typesafe-config's own advice repeats the message and speaks of Java's properties files. */
    private static String way(String core, boolean advised) {
        if (core.contains("'$' not followed by {")) {
            return " (put a text that has a variable in double quotes: \"$uri\")";
        }
        if (core.contains("may not be followed by token")) {
            return " (a setting is written: key = value)";
        }
        if (core.contains("end of file")) {
            return " (a '{' or '[' is not closed)";
        }
        return advised && !isLayout(core) && !core.contains("not a valid escape sequence")
                ? " (put a text with such characters in double quotes)"
                : "";
    }

    /** Whether the text stumbles over a bracket or the end of a line, which nobody meant as part of a value. */
    private static boolean isLayout(String core) {
        int length = core.length();
        boolean bracket = core.endsWith("'") && "{}[]".indexOf(core.charAt(length - 2)) >= 0;
        return bracket || core.contains("'newline'");
    }
}
