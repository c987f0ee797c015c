package io.sluice.core.variable;

/**
 * Where a variable gets its value.
 *
 * <p><b>Thread:</b> the worker's. One is shared by all workers, so it keeps nothing but what the context holds.
 *
 * @param <C> what it is asked about: a request, a session
 */
@FunctionalInterface
public interface Evaluator<C> {
    /**
     * Appends the value. An empty value is a value.
     *
     * @return false if there is none (nginx: not found); what was appended before saying so is dropped by the caller
     */
    boolean write(C context, BytesSink out);
}
