package io.sluice.http.parse;

/**
 * The extensions behind one chunk size (RFC 9112, 7.1.1): {@code ;name}, {@code ;name=token} or {@code ;name="text"},
 * with whitespace only around semicolon and equals sign. Nothing in them has a meaning here; they are checked so that
 * nobody can hide a line end in one.
 */
final class ChunkExtension {

    /** What was read last, and so what may come next. */
    private enum State {
        /** The size, or blanks behind a value: only a semicolon may follow, as a line must not end in blanks. */
        BEFORE_SEMICOLON,
        SEMICOLON,
        NAME,
        BEHIND_NAME,
        EQUALS,
        TOKEN,
        QUOTED,
        ESCAPE,
        QUOTE_END,
        REFUSED
    }

    private State state = State.BEFORE_SEMICOLON;

    void begin() {
        state = State.BEFORE_SEMICOLON;
    }

    /** @return whether the line may end now */
    boolean mayEnd() {
        return state == State.NAME || state == State.TOKEN || state == State.QUOTE_END;
    }

    /** @return false if the byte is not allowed here */
    boolean add(byte b) {
        state = switch (state) {
            case BEFORE_SEMICOLON -> behindValue(b);
            case SEMICOLON -> Octets.isBlank(b) ? State.SEMICOLON : token(b, State.NAME);
            case NAME -> Token.has(b) ? State.NAME : behindName(b);
            case BEHIND_NAME -> behindName(b);
            case EQUALS -> value(b);
            case TOKEN -> Token.has(b) ? State.TOKEN : behindValue(b);
            case QUOTED -> quoted(b);
            case ESCAPE -> isText(b) ? State.QUOTED : State.REFUSED;
            case QUOTE_END -> behindValue(b);
            case REFUSED -> State.REFUSED;
        };
        return state != State.REFUSED;
    }

    private static State token(byte b, State within) {
        return Token.has(b) ? within : State.REFUSED;
    }

    private static State behindName(byte b) {
        if (b == '=') {
            return State.EQUALS;
        }
        if (b == ';') {
            return State.SEMICOLON;
        }
        return Octets.isBlank(b) ? State.BEHIND_NAME : State.REFUSED;
    }

    private static State behindValue(byte b) {
        if (b == ';') {
            return State.SEMICOLON;
        }
        return Octets.isBlank(b) ? State.BEFORE_SEMICOLON : State.REFUSED;
    }

    private static State value(byte b) {
        if (Octets.isBlank(b)) {
            return State.EQUALS;
        }
        return b == '"' ? State.QUOTED : token(b, State.TOKEN);
    }

    private static State quoted(byte b) {
        if (b == '"') {
            return State.QUOTE_END;
        }
        if (b == '\\') {
            return State.ESCAPE;
        }
        return isText(b) ? State.QUOTED : State.REFUSED;
    }

    private static boolean isText(byte b) {
        return !Octets.isControl(b);
    }
}
