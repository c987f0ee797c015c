package io.sluice.core.config;

import com.typesafe.config.ConfigOrigin;
import java.util.Comparator;

/**
 * One thing that is wrong with a configuration. Ordered by file, line and message.
 *
 * @param file the file as the user named it, or an empty text when nobody knows
 * @param line counted from 1; 0 when nobody knows
 * @param message what is wrong, without the place
 */
public record Problem(String file, int line, String message) implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER =
            Comparator.comparing(Problem::file).thenComparingInt(Problem::line).thenComparing(Problem::message);

    private static final String MERGED = "merge of ";

    /** At a place that typesafe-config knows. */
    public static Problem at(ConfigOrigin origin, String message) {
        String description = origin.description();
        if (origin.lineNumber() > 0) {
            return new Problem(origin.withLineNumber(-1).description(), origin.lineNumber(), message);
        }
        if (description.startsWith(MERGED)) { // an object written in several files: the one that wins is named first
            int comma = description.indexOf(',');
            return parsed(description.substring(MERGED.length(), comma < 0 ? description.length() : comma), message);
        }
        return new Problem(description, 0, message);
    }

    /** From {@code file: line} or {@code file: first-last}. */
    private static Problem parsed(String place, String message) {
        int colon = place.lastIndexOf(": ");
        int end = colon + 2;
        while (colon >= 0 && end < place.length() && Character.isDigit(place.charAt(end))) {
            end++;
        }
        if (end == colon + 2) {
            return new Problem(place, 0, message);
        }
        return new Problem(place.substring(0, colon), Integer.parseInt(place, colon + 2, end, 10), message);
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line: message}, as far as the place is known. */
    @Override
    public String toString() {
        if (file.isEmpty()) {
            return message;
        }
        return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
    }
}
