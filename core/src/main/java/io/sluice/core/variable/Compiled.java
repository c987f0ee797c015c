package io.sluice.core.variable;

import org.jspecify.annotations.Nullable;

/**
 * What became of the text of a template.
 *
 * @param <C> what its variables are asked about
 */
public sealed interface Compiled<C> {
    /**
     * It can be used.
     *
     * @param <C> what its variables are asked about
     */
    record Ok<C>(Template<C> template) implements Compiled<C> {}

    /**
     * Nobody has claimed that name.
     *
     * @param position of the dollar in the text, from 0
     * @param nearest a name that may have been meant, or null
     * @param <C> what its variables would have been asked about
     */
    record Unknown<C>(String name, int position, @Nullable String nearest) implements Compiled<C> {
        /** The problem as told to the user. */
        public String message() {
            String text = "unknown variable \"$" + name + "\"";
            return nearest == null ? text : text + ", did you mean \"$" + nearest + "\"?";
        }
    }

    /**
     * It is not a template.
     *
     * @param position of the dollar in the text, from 0
     * @param <C> what its variables would have been asked about
     */
    record Bad<C>(String message, int position) implements Compiled<C> {}
}
