package io.sluice.core.variable;

import java.util.Objects;

/**
 * A name and where its value comes from.
 *
 * @param name in lower case, without the dollar
 * @param <C> what it is asked about
 */
public record Variable<C>(String name, Evaluator<C> evaluator) {
    public Variable {
        Objects.requireNonNull(name);
        Objects.requireNonNull(evaluator);
    }
}
