package io.sluice.core.variable;

/**
 * Two plugins that both claim one variable.
 *
 * @param name without the dollar; a prefix ends in {@code *}
 */
public record Collision(String name, String first, String second) {
    /** The problem as told to the user. */
    public String message() {
        return "variable \"$" + name + "\" is defined by both \"" + first + "\" and \"" + second + "\"";
    }
}
