package io.sluice.launcher;

/** Where the server starts. */
public final class Main {

    private Main() {}

    /** Ends the JVM with the exit code: 0, or 1 if something is wrong that was said on standard error. */
    public static void main(String[] args) {
        System.exit(new Program(System.out, System.err).run(args));
    }
}
