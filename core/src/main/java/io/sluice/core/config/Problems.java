package io.sluice.core.config;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Collects what is wrong while a configuration is read, so that all of it is told at once. The same problem found twice
 * counts once. For the one thread that loads.
 */
public final class Problems {

    private final TreeSet<Problem> found = new TreeSet<>();
    private final List<Throwable> bugs = new ArrayList<>();

    /** None yet. */
    public Problems() {}

    /** Adds a problem at a place that typesafe-config knows. */
    public void add(ConfigOrigin origin, String message) {
        found.add(Problem.at(origin, message));
    }

    /** Adds a problem whose place is already known. */
    public void add(Problem problem) {
        found.add(problem);
    }

    /** Adds what somebody threw who should not have; the stack goes along with a {@link ConfigurationException}. */
    public void addBug(String message, Throwable thrown) {
        found.add(new Problem("", 0, message + ": " + thrown));
        bugs.add(thrown);
    }

    /** See {@link #addBug}; in their order. */
    List<Throwable> bugs() {
        return List.copyOf(bugs);
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All problems so far, sorted by file and line. */
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /** Throws what was found, if anything was. */
    public void throwIfAny() throws ConfigurationException {
        if (!found.isEmpty()) {
            throw new ConfigurationException(this);
        }
    }

    /** One problem a line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Problem problem : found) {
            text.append(text.isEmpty() ? "" : "\n").append(problem);
        }
        return text.toString();
    }
}
