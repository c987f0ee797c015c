package io.sluice.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The reference.conf files of the modules at hand, in which each setting has its default once. Immutable.
 *
 * <p>A default stands at the outermost level at which its setting may stand. What the user writes as a list or under names of
 * his own is an object there, with the defaults of every element: {@code http.servers.listen.backlog = 511}. A setting without
 * a default is null there, so that its comment has a place.
 */
public final class References {

    private static final String FILE = "reference.conf";

    private final ConfigObject merged;

    private References(ConfigObject merged) {
        this.merged = merged;
    }

    /** No defaults at all. */
    public static References none() {
        return new References(ConfigFactory.empty().root());
    }

    /**
     * The reference.conf of each named module, if it has one; for modules without a name, all those their class loaders see.
     *
     * @throws ConfigurationException if one cannot be parsed, or if two give one setting different defaults
     * @throws UncheckedIOException if one cannot be read
     */
    public static References of(Collection<Module> modules) {
        References all = none();
        Set<ClassLoader> unnamed = new LinkedHashSet<>();
        try {
            for (Module module : modules) {
                if (!module.isNamed()) {
                    unnamed.add(module.getClassLoader());
                    continue;
                }
                try (InputStream file = module.getResourceAsStream(FILE)) {
                    all = file == null ? all : all.and(read(file, module.getName() + "/" + FILE));
                }
            }
            for (ClassLoader loader : unnamed) {
                for (URL url : Collections.list(loader.getResources(FILE))) {
                    URLConnection connection = url.openConnection();
                    connection.setUseCaches(false); // a cached jar file would outlive its unloaded plugin
                    try (InputStream file = connection.getInputStream()) {
                        all = all.and(read(file, url.toString()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /**
     * What a reference.conf would hold, for tests and embedders.
     *
     * @throws ConfigurationException if it cannot be parsed
     */
    public static References of(String name, String text) {
        return read(new StringReader(text), name);
    }

    /**
     * These and others.
     *
     * @throws ConfigurationException if both give one setting different defaults
     */
    public References and(References others) {
        Problems problems = new Problems();
        compare(merged, others.merged, "", problems);
        problems.throwIfAny();
        return new References(merged.withFallback(others.merged));
    }

    ConfigObject merged() {
        return merged;
    }

    private static References read(InputStream file, String name) {
        return read(new InputStreamReader(file, StandardCharsets.UTF_8), name);
    }

    private static References read(Reader file, String name) {
        try {
            ConfigParseOptions options =
                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setOriginDescription(name);
            return new References(
                    ConfigFactory.parseReader(file, options).resolve().root());
        } catch (ConfigException e) {
            throw new ConfigurationException(SyntaxProblem.of(e, name));
        }
    }

    private static void compare(ConfigObject some, ConfigObject others, String path, Problems problems) {
        for (Map.Entry<String, ConfigValue> other : others.entrySet()) {
            ConfigValue mine = some.get(other.getKey());
            String key = path + other.getKey();
            if (mine instanceof ConfigObject below && other.getValue() instanceof ConfigObject otherBelow) {
                compare(below, otherBelow, key + ".", problems);
            } else if (mine != null && !mine.equals(other.getValue())) {
                problems.add(
                        other.getValue().origin(),
                        key + ": has another default in " + mine.origin().description());
            }
        }
    }
}
