package io.sluice.core.variable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A text with variables in it, bound once when loading: {@code $host$request_uri}, or <code>${arg_a}x</code> where a
 * letter follows. {@code $1} to {@code $9} are one digit long, as in nginx. And as in nginx a dollar cannot be escaped: two
 * of them are a mistake; who needs one defines a variable for it.
 *
 * <p><b>Thread:</b> any; the sink and the context are the caller's.
 *
 * @param <C> what the variables are asked about
 */
public final class Template<C> {
    /**
     * A piece of a template, for those who treat values in a way of their own: an access log prints a dash for none.
     *
     * @param <C> what the variables are asked about
     */
    public sealed interface Part<C> {}

    /**
     * Text that stands as it is.
     *
     * @param bytes in UTF-8; lent, must not be changed
     * @param <C> what the variables are asked about
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and copied by nobody on the way to a socket
    public record Literal<C>(byte[] bytes) implements Part<C> {}

    /**
     * A value.
     *
     * @param <C> what the variable is asked about
     */
    public record Value<C>(Variable<C> variable) implements Part<C> {}

    private final String text;
    private final List<Part<C>> parts;

    Template(String text, List<Part<C>> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /** A template without variables, for a text that never was one: dollars in it are just dollars. */
    public static <C> Template<C> constant(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Template<>(text, bytes.length == 0 ? List.of() : List.of(new Literal<>(bytes)));
    }

    /** Appends the text with the values as they are now. A variable without a value adds nothing. */
    public void evaluate(C context, BytesSink out) {
        // By index: an iterator would be garbage on every request.
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Literal<C> literal -> out.put(literal.bytes);
                case Value<C> value -> {
                    int before = out.count();
                    if (!value.variable.evaluator().write(context, out)) {
                        out.truncate(before);
                    }
                }
            }
        }
    }

    /** In the order of the text; two literals never stand side by side. */
    public List<Part<C>> parts() {
        return parts;
    }

    /** Whether no context can change what it evaluates to. */
    public boolean isConstant() {
        return parts.isEmpty() || (parts.size() == 1 && parts.getFirst() instanceof Literal<C>);
    }

    /**
     * A copy of the bytes of a constant template.
     *
     * @throws IllegalStateException if it is not constant
     */
    public byte[] constantBytes() {
        if (parts.isEmpty()) {
            return new byte[0];
        }
        if (isConstant() && parts.getFirst() instanceof Literal<C> literal) {
            return literal.bytes.clone();
        }
        throw new IllegalStateException("\"" + text + "\" is not constant");
    }

    /** The text as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
