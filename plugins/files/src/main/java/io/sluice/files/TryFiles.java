package io.sluice.files;

import io.sluice.core.variable.Template;
import io.sluice.http.HttpRequest;
import io.sluice.http.LocationView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The setting {@code try-files} of a location. Immutable, shared by all workers.
 *
 * @param last what is done when none of the tries is there
 */
record TryFiles(List<Try> tries, Last last) {
    /**
     * A path to look for.
     *
     * @param folder whether it is to be a folder
     */
    record Try(Template<HttpRequest> path, boolean folder) {}

    /** What is not looked for. */
    sealed interface Last {
        /** Is answered. */
        record Status(int status) implements Last {}

        /** A location that has this name. */
        record Named(String name) implements Last {}

        /** A path, perhaps with a query. */
        record Redirect(Template<HttpRequest> target) implements Last {}
    }

    private static final String KEY = "try-files";

    /** Answers null if there is nothing to try, or if something is wrong, which has been reported. */
    static @Nullable TryFiles read(LocationView location, List<String> written, @Nullable Place place) {
        if (written.isEmpty()) {
            return null;
        }
        if (written.size() == 1) {
            location.problem(KEY, "needs a path to try, and what to do when it is not there");
            return null;
        }
        if (place == null) {
            location.problem(KEY, "needs root or alias: where to look");
            return null;
        }
        List<Try> tries = new ArrayList<>();
        for (String text : written.subList(0, written.size() - 1)) {
            // As in nginx the slash only says that a folder is meant.
            boolean folder = text.endsWith("/");
            tries.add(new Try(location.template(KEY, folder ? text.substring(0, text.length() - 1) : text), folder));
        }
        Last last = last(location, written.getLast());
        return last == null ? null : new TryFiles(List.copyOf(tries), last);
    }

    private static @Nullable Last last(LocationView location, String text) {
        if (text.startsWith("@")) {
            return new Last.Named(text);
        }
        if (!text.startsWith("=")) {
            return new Last.Redirect(location.template(KEY, text));
        }
        String digits = text.substring(1);
        if (digits.length() != 3
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
                || digits.charAt(0) < '2'
                || digits.charAt(0) > '5') {
            location.problem(KEY, "\"" + text + "\" is not = and a status from 200 to 599");
            return null;
        }
        return new Last.Status(Integer.parseInt(digits));
    }
}
