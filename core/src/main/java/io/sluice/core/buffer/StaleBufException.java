package io.sluice.core.buffer;

import org.jspecify.annotations.Nullable;

/** A Buf was used after its pool ended: a plugin kept what was not its own. Nobody's bytes were read or written. */
public final class StaleBufException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    StaleBufException(@Nullable Throwable givenBackBy) {
        super("this Buf was kept longer than its pool: its bytes belong to somebody else by now", givenBackBy);
    }
}
