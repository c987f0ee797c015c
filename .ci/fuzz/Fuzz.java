import io.sluice.testkit.fuzz.SavedInputs;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the fuzzer over every entry, a process each: the classes of the tests named {@code …Fuzz}, which have a method
 * {@code fuzzerTestOneInput(byte[])}. It begins with the inputs saved beside the entry, among the test's resources, and
 * with what it has found worth keeping in earlier runs. Fails if an entry does, if one tried nothing, or if there is none.
 */
final class Fuzz {
    private static final Pattern TRIED = Pattern.compile("stat::number_of_executed_units: (\\d+)");
    private static final Pattern PER_SECOND = Pattern.compile("stat::average_exec_per_sec: +(\\d+)");
    private static final Pattern REACHED = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");

    private final Path root;
    private final Path target;
    private final int seconds;
    private final int seed;

    /** @param module its folder */
    private record Entry(Path module, String type) {
        String name() {
            return type.substring(type.lastIndexOf('.') + 1);
        }

        Path saved() {
            return module.resolve("src/test/resources").resolve(type.replace('.', '/') + ".txt");
        }
    }

    private Fuzz(Path root, Path target, int seconds, int seed) {
        this.root = root;
        this.target = target;
        this.seconds = seconds;
        this.seed = seed;
    }

    static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Fuzz fuzz =
                new Fuzz(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[4]));
        int jobs = Integer.parseInt(args[3]);
        List<Entry> entries =
                fuzz.entries().filter(entry -> entry.name().contains(args[5])).toList();
        if (entries.isEmpty()) {
            System.err.println("no fuzz entry was found");
            System.exit(1);
        }
        System.out.printf("%-24s %11s %10s %9s %9s%n", "entry", "inputs", "a second", "edges", "kept");
        boolean good = true;
        try (ExecutorService pool = Executors.newFixedThreadPool(
                jobs > 0 ? jobs : Runtime.getRuntime().availableProcessors())) {
            List<Future<Boolean>> running = new ArrayList<>();
            entries.forEach(entry -> running.add(pool.submit(() -> fuzz.run(entry))));
            for (Future<Boolean> each : running) {
                good &= each.get();
            }
        }
        if (!good) {
            System.exit(1);
        }
    }

    private Stream<Entry> entries() throws IOException {
        try (Stream<Path> modules = Stream.concat(Files.list(root), Files.list(root.resolve("plugins")))) {
            return modules.flatMap(module -> entries(module).stream()).sorted((a, b) -> a.type.compareTo(b.type))
                    .toList()
                    .stream();
        }
    }

    private static List<Entry> entries(Path module) {
        Path classes = classes(module);
        if (!Files.isDirectory(classes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith("Fuzz.class"))
                    .map(file -> file.substring(0, file.length() - 6).replace(File.separatorChar, '.'))
                    .map(type -> new Entry(module, type))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classes(Path module) {
        return module.resolve("target/test-classes");
    }

    private boolean run(Entry entry) throws IOException, InterruptedException {
        Path grown = Files.createDirectories(target.resolve("grown").resolve(entry.type));
        Path saved = saved(entry);
        Path findings = Files.createDirectories(target.resolve("findings").resolve(entry.type));
        Set<Path> before = filesOf(findings);
        Path log = target.resolve(entry.type + ".txt");
        int status = new ProcessBuilder(command(entry, grown, saved, findings))
                .directory(target.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        long tried = last(TRIED, said, 1);
        report(
                "%-24s %11d %10d %9d %9d",
                entry.name(), tried, last(PER_SECOND, said, 1), last(REACHED, said, 1), last(REACHED, said, 3));
        if (status != 0) {
            report("%n%s FAILED: mend it, and save the input%n%s", entry.type, finding(said));
            for (Path input : filesOf(findings)) {
                if (!before.contains(input)) {
                    report("in %s as%n%s%n", root.relativize(entry.saved()), SavedInputs.written(Files.readAllBytes(input)));
                }
            }
        } else if (tried == 0) {
            report("%s has tried nothing, see %s", entry.type, log);
        }
        return status == 0 && tried > 0;
    }

    /** One file for each input, as the fuzzer reads them. */
    private Path saved(Entry entry) throws IOException {
        Path folder = Files.createDirectories(target.resolve("saved").resolve(entry.type));
        for (Path old : filesOf(folder)) {
            Files.delete(old);
        }
        if (Files.exists(entry.saved())) {
            int count = 0;
            for (byte[] input : SavedInputs.read(Files.newInputStream(entry.saved()))) {
                Files.write(folder.resolve("saved-" + count++), input);
            }
        }
        return folder;
    }

    private static Set<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".java")).collect(Collectors.toSet());
        }
    }

    private List<String> command(Entry entry, Path grown, Path saved, Path findings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-classpath",
                System.getProperty("java.class.path") + File.pathSeparator + classes(entry.module()),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + entry.type,
                "--instrumentation_includes=io.sluice.**",
                "--custom_hook_includes=io.sluice.**",
                "--reproducer_path=" + findings,
                "-artifact_prefix=" + findings + "/",
                "-max_total_time=" + seconds,
                "-max_len=2048",
                "-timeout=60",
                "-rss_limit_mb=0",
                "-print_final_stats=1",
                grown.toString(),
                saved.toString()));
        if (seed != 0) {
            command.add("-seed=" + seed);
        }
        return command;
    }

    /** What happened and by which input; the output from its beginning if the fuzzer ended in another way. */
    private static String finding(String said) {
        int from = said.indexOf("== Java Exception");
        return said.substring(Math.max(0, from))
                .lines()
                .filter(line -> !line.startsWith("stat::"))
                .limit(60)
                .collect(Collectors.joining("\n"));
    }

    private static long last(Pattern pattern, String said, int group) {
        return pattern.matcher(said)
                .results()
                .reduce((first, second) -> second)
                .map((MatchResult found) -> Long.parseLong(found.group(group)))
                .orElse(0L);
    }

    /** One line at a time, though several entries run. */
    private static synchronized void report(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
