package io.sluice.launcher;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One run of the command line in this JVM, which is only for runs that start nothing.
 *
 * @param out what it printed
 * @param err what it complained of
 */
record Run(int exitCode, String out, String err) {

    static Run of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = new Program(printing(out), printing(err)).run(arguments);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** With the folder taken out of all texts, as it is another one each time. */
    Run without(Path folder) {
        String prefix = folder + "/";
        return new Run(exitCode, out.replace(prefix, ""), err.replace(prefix, ""));
    }

    private static PrintStream printing(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
