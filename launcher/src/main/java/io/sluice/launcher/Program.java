package io.sluice.launcher;

import io.sluice.core.config.ConfigurationException;
import io.sluice.core.config.Problem;
import io.sluice.core.cycle.Cycle;
import io.sluice.event.Server;
import io.sluice.event.StartException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/** One run of the command line, from its arguments to its exit code. */
final class Program {
    private static final int WELL = 0;
    private static final int WRONG = 1;

    private final PrintStream out;
    private final PrintStream err;

    Program(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Answers the exit code. */
    int run(String... args) {
        Arguments arguments;
        try {
            arguments = Arguments.of(args);
        } catch (ParameterException wrong) {
            say(wrong.getMessage() + " (-h prints what there is)");
            return WRONG;
        }
        if (arguments.help()) {
            arguments.printHelp(out);
            return WELL;
        }
        Assembly assembly;
        try {
            assembly = Assembly.found();
        } catch (ServiceConfigurationError broken) {
            say("[emerg] a plugin cannot be loaded: " + broken.getMessage());
            printStack(broken.getCause());
            return WRONG;
        } catch (ConfigurationException wrong) {
            wrong.problems().forEach(err::println); // of a reference.conf
            return WRONG;
        }
        if (arguments.version()) {
            new Versions(assembly).print(out);
            return WELL;
        }
        return run(arguments, assembly);
    }

    private int run(Arguments arguments, Assembly assembly) {
        boolean onlyTests = arguments.test() || arguments.dump();
        try {
            if (arguments.train()) {
                new Training(assembly, arguments.file(), out, err).run();
                return WELL;
            }
            Cycle cycle = assembly.load(arguments.file(), arguments.prefix());
            if (onlyTests) {
                test(cycle, arguments);
                return WELL;
            }
            return new Serving(cycle, out, err).run(_ -> {}) ? WELL : WRONG;
        } catch (ConfigurationException wrong) {
            for (Problem problem : wrong.problems()) {
                err.println(problem);
            }
            for (Throwable bug : wrong.getSuppressed()) {
                printStack(bug);
            }
        } catch (StartException failed) {
            String.valueOf(failed.getMessage()).lines().forEach(line -> say("[emerg] " + line));
            printStack(failed.getCause());
        }
        if (onlyTests) {
            say("configuration file " + arguments.file() + " test failed");
        }
        return WRONG;
    }

    private void test(Cycle cycle, Arguments arguments) throws StartException {
        Server.check(cycle);
        List<String> warnings = cycle.bits().warnings();
        warnings.forEach(warning -> say("[warn] " + warning));
        say("configuration file " + arguments.file() + " test is successful");
        if (arguments.dump()) {
            new Resolved(cycle, arguments.file()).print(out);
        }
    }

    /** Where a bug is, for who has to mend it; what the machine refuses has said all in its message. */
    private void printStack(@Nullable Throwable thrown) {
        if (thrown != null && !(thrown instanceof IOException)) {
            thrown.printStackTrace(err);
        }
    }

    private void say(String text) {
        err.println("sluice: " + text);
    }
}
