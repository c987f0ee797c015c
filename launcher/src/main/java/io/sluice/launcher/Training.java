package io.sluice.launcher;

import io.sluice.event.StartException;
import java.nio.file.Path;

/** x */
record Training(Assembly assembly, Path file) {
    boolean run() throws StartException {
        return true;
    }
}
