package io.sluice.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One text of a configuration, with what it includes. Where typesafe-config would quietly include nothing, a missing file is
 * a problem, unless a pattern ({@code conf.d/*.conf}, in the order of names) happens to match nothing; both as in nginx.
 */
final class Source implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

    private final String name;
    private final String text;
    private final @Nullable Path directory;

    /** The files that are being included, this one last. */
    private final List<Path> open;

    private final Problems problems;

    private Source(String name, String text, @Nullable Path directory, List<Path> open, Problems problems) {
        this.name = name;
        this.text = text;
        this.directory = directory;
        this.open = open;
        this.problems = problems;
    }

    static ConfigObject parse(String text, String name, Problems problems) {
        return new Source(name, text, null, List.of(), problems).parse();
    }

    static ConfigObject parse(Path file, Problems problems) {
        try {
            return opened(file, List.of(), problems).parse();
        } catch (IOException e) {
            problems.add(new Problem(file.toString(), 0, "cannot be read: " + FileReason.of(e)));
            return nothing();
        }
    }

    private static Source opened(Path file, List<Path> around, Problems problems) throws IOException {
        List<Path> open = new ArrayList<>(around);
        open.add(file.toRealPath());
        return new Source(file.toString(), Files.readString(file), file.getParent(), List.copyOf(open), problems);
    }

    private ConfigObject parse() {
        try {
            ConfigParseOptions options = ConfigParseOptions.defaults()
                    .setSyntax(name.endsWith(".json") ? ConfigSyntax.JSON : ConfigSyntax.CONF)
                    .setOriginDescription(name)
                    .setIncluder(this);
            return ConfigFactory.parseString(text, options).root();
        } catch (ConfigException e) {
            problems.add(SyntaxProblem.of(e, name));
            return nothing();
        }
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        try {
            ConfigObject merged = nothing();
            for (Path file : matching(what)) {
                if (open.contains(file.toRealPath())) {
                    throw new IOException("it includes itself");
                }
                merged = opened(file, open, problems).parse().withFallback(merged); // the later file wins
            }
            return merged;
        } catch (IOException e) {
            return notIncluded(what, FileReason.of(e));
        } catch (InvalidPathException e) {
            return notIncluded(what, e.getReason());
        } catch (PatternSyntaxException e) {
            return notIncluded(what, e.getDescription());
        }
    }

    private ConfigObject notIncluded(String what, String why) {
        problems.add(new Problem(name, lineOfInclude(what), "cannot include '" + what + "': " + why));
        return nothing();
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        return include(context, what.getPath());
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        return notIncluded(what.toString(), "only files are included");
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
        return notIncluded(what, "only files are included");
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return this; // the fallback would look on the class path
    }

    private List<Path> matching(String what) throws IOException {
        Path path = directory == null ? Path.of(what) : directory.resolve(what);
        Path parent = path.getParent();
        String last = String.valueOf(path.getFileName());
        if (last.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
            return List.of(path);
        }
        List<Path> files = new ArrayList<>();
        Path folder = parent == null ? Path.of("") : parent;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, last)) {
                found.forEach(files::add);
            }
        }
        files.sort(null);
        return files;
    }

    /** The library does not tell an includer where it is called from. Answers 0 for a name written with escapes. */
    private int lineOfInclude(String what) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].contains("include") && lines[i].contains('"' + what + '"')) {
                return i + 1;
            }
        }
        return 0;
    }

    private static ConfigObject nothing() {
        return ConfigFactory.empty().root();
    }
}
