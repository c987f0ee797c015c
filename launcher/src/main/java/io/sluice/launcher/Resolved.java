package io.sluice.launcher;

import io.sluice.core.cycle.Cycle;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** What {@code -T} prints: the configuration on top of the defaults, then what was made of it, as comments. */
record Resolved(Cycle cycle, Path file) {

    void print(PrintStream out) {
        out.println("# configuration file " + file + " on top of the defaults");
        out.println(cycle.configuration().dump().strip());
        comment(out, "plugins", cycle.plugins());
        cycle.descriptions().forEach((title, lines) -> comment(out, title, lines.get()));
        comment(out, "buffered bits", cycle.bits().map());
        if (!cycle.bits().warnings().isEmpty()) {
            comment(out, "warnings", cycle.bits().warnings());
        }
    }

    private static void comment(PrintStream out, String title, List<String> lines) {
        out.println();
        out.println("# " + title);
        lines.forEach(line -> out.println("#     " + line));
    }
}
