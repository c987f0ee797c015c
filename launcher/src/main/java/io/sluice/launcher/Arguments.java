package io.sluice.launcher;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What was asked for on the command line; nginx's meanings. Described to picocli in code, so that this package need not be open to it.
 */
final class Arguments {
    private static final Path USUAL_FILE = Path.of("sluice.conf");

    private static final String FILE = "-c";
    private static final String PREFIX = "-p";
    private static final String TEST = "-t";
    private static final String DUMP = "-T";
    private static final String VERSION = "-V";
    private static final String HELP = "-h";
    private static final String TRAIN = "--train";

    private final CommandLine commandLine;
    private final ParseResult given;

    private Arguments(CommandLine commandLine, ParseResult given) {
        this.commandLine = commandLine;
        this.given = given;
    }

    /** @throws picocli.CommandLine.ParameterException if something is no option, or lacks its value */
    static Arguments of(String... arguments) {
        CommandLine commandLine = new CommandLine(spec());
        return new Arguments(commandLine, commandLine.parseArgs(arguments));
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("sluice");
        spec.usageMessage()
                .sortOptions(false)
                .width(100)
                .customSynopsis("sluice [-c FILE] [-p PREFIX] [-t] [-T] [-V] [-h]");
        spec.addOption(path(
                "FILE",
                "the configuration, relative to PREFIX if that is given (without -c: sluice.conf)",
                FILE,
                "--conf"));
        spec.addOption(path(
                "PREFIX",
                "the folder to which relative names in the configuration belong (without -p: the folder of FILE)",
                PREFIX,
                "--prefix"));
        spec.addOption(
                flag("test the configuration and end; opens nothing", TEST).build());
        spec.addOption(flag(
                        "as -t, and print it with all defaults, the order of plugins, phases and filters, and the buffered bits",
                        DUMP)
                .build());
        spec.addOption(flag("print versions of everything and end", VERSION).build());
        spec.addOption(
                flag("print this and end", HELP, "--help").usageHelp(true).build());
        spec.addOption(flag("serve a while for the JVM's cache and end", TRAIN)
                .hidden(true)
                .build());
        return spec;
    }

    private static OptionSpec path(String label, String description, String... names) {
        return OptionSpec.builder(names[0], names[1])
                .type(Path.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static OptionSpec.Builder flag(String description, String... names) {
        return OptionSpec.builder(names).type(boolean.class).arity("0").description(description);
    }

    /** As the user would name it. */
    Path file() {
        Path named = Objects.requireNonNullElse(value(FILE), USUAL_FILE);
        Path prefix = value(PREFIX);
        return prefix == null ? named : prefix.resolve(named);
    }

    /** Absolute. */
    Path prefix() {
        Path prefix = value(PREFIX);
        Path folder = prefix == null ? file().toAbsolutePath().getParent() : prefix.toAbsolutePath();
        return Objects.requireNonNull(folder, "a file has a folder").normalize();
    }

    private @Nullable Path value(String option) {
        return given.hasMatchedOption(option) ? given.<Path>matchedOptionValue(option, USUAL_FILE) : null;
    }

    boolean test() {
        return given.hasMatchedOption(TEST);
    }

    boolean dump() {
        return given.hasMatchedOption(DUMP);
    }

    boolean version() {
        return given.hasMatchedOption(VERSION);
    }

    boolean help() {
        return given.hasMatchedOption(HELP);
    }

    boolean train() {
        return given.hasMatchedOption(TRAIN);
    }

    void printHelp(PrintStream out) {
        commandLine.usage(out);
    }
}
