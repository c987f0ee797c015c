package io.sluice.core.config;

import java.util.List;

/** A configuration is refused. The message lists every problem, one a line; what plugins threw is suppressed in it. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Takes what has been found so far. */
    public ConfigurationException(Problems problems) {
        super(problems.toString());
        this.problems = problems.list();
        problems.bugs().forEach(this::addSuppressed);
    }

    /** A single problem. */
    ConfigurationException(Problem problem) {
        super(problem.toString());
        problems = List.of(problem);
    }

    /** Sorted by file and line. */
    public List<Problem> problems() {
        return problems;
    }
}
