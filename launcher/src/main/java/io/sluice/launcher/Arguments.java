package io.sluice.launcher;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What was asked for on the command line; nginx's meanings. */
@Command(
        name = "sluice",
        sortOptions = false,
        usageHelpWidth = 100,
        customSynopsis = "sluice [-c FILE] [-p PREFIX] [-t] [-T] [-V] [-h]")
final class Arguments {
    private static final Path USUAL_FILE = Path.of("sluice.conf");

    @Option(
            names = {"-c", "--conf"},
            paramLabel = "FILE",
            description = "the configuration, relative to PREFIX if that is given (without -c: sluice.conf)")
    private @Nullable Path file;

    @Option(
            names = {"-p", "--prefix"},
            paramLabel = "PREFIX",
            description =
                    "the folder to which relative names in the configuration belong (without -p: the folder of FILE)")
    private @Nullable Path prefix;

    @Option(names = "-t", description = "test the configuration and end; opens nothing")
    private boolean test;

    @Option(
            names = "-T",
            description =
                    "as -t, and print it with all defaults, the order of plugins, phases and filters, and the buffered bits")
    private boolean dump;

    @Option(names = "-V", description = "print versions of everything and end")
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this and end")
    private boolean help;

    @Option(names = "--train", hidden = true, description = "serve a while for the JVM's cache and end")
    private boolean train;

    /** As the user would name it. */
    Path file() {
        Path named = Objects.requireNonNullElse(file, USUAL_FILE);
        return prefix == null ? named : prefix.resolve(named);
    }

    /** Absolute. */
    Path prefix() {
        Path folder = prefix == null ? file().toAbsolutePath().getParent() : prefix.toAbsolutePath();
        return Objects.requireNonNull(folder, "a file has a folder").normalize();
    }

    boolean test() {
        return test;
    }

    boolean dump() {
        return dump;
    }

    boolean version() {
        return version;
    }

    boolean help() {
        return help;
    }

    boolean train() {
        return train;
    }
}
