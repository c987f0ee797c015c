package io.sluice.core.variable;

/**
 * A family of variables with a common beginning, {@code arg_…} or {@code http_…}.
 *
 * @param <C> what its variables are asked about
 */
@FunctionalInterface
public interface SuffixEvaluator<C> {
    /**
     * One member of the family. Asked once per use, when loading.
     *
     * @param suffix what follows the prefix, in lower case and not empty
     */
    Evaluator<C> forSuffix(String suffix);
}
