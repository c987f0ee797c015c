package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.sluice.core.config.Configuration;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.cycle.CycleLoader;
import io.sluice.event.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The reference.conf files of all modules are the manual: they have every setting there is, and no other. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManualTest {

    /** Has one of everything whose settings are read where they stand only. */
    private static final String SOME = """
            upstreams {
              a.servers = ["127.0.0.1:1"]
              b { balance { method = hash, key = "$uri" }, servers = ["127.0.0.1:1"] }
              c { balance = least-time, servers = ["127.0.0.1:1"] }
              d { balance = random, servers = ["127.0.0.1:1"] }
              e { sticky.cookie = srv, servers = ["127.0.0.1:1"] }
              f { sticky.route = ["$cookie_route"], servers = ["127.0.0.1:1"] }
              g { sticky.learn { create = ["$upstream_cookie_s"], lookup = ["$cookie_s"] }, servers = ["127.0.0.1:1"] }
            }
            http {
              log-format.f = "$uri"
              servers = [ { listen = { address = "127.0.0.1:0" }, locations = [ { path = "/", return = 204 } ] } ]
            }
            """;

    /** Described once, at the end of core's and of the manuals of transport stages, for all lists of that name. */
    private static final String LISTEN = ".listen.";

    @Test
    void each_setting_has_a_comment() throws IOException {
        List<String> undocumented = new ArrayList<>();
        SortedSet<String> known = known();
        for (Map.Entry<String, String> manual : manuals().entrySet()) {
            for (String key : ReferenceDocs.undocumented(
                    ConfigFactory.parseString(manual.getValue()).root())) {
                if (!isPartOfAValue(key, known)) {
                    undocumented.add(manual.getKey() + ": " + key);
                }
            }
        }
        assertEquals(List.of(), undocumented);
    }

    @Test
    void what_can_be_set_is_in_the_manual_and_nothing_else_is() throws IOException {
        SortedSet<String> known = known();
        Map<String, String> manuals = manuals();
        ConfigObject all = ConfigFactory.empty().root();
        for (String manual : manuals.values()) {
            all = all.withFallback(ConfigFactory.parseString(manual).root());
        }
        List<String> missing = new ArrayList<>();
        for (String path : known) {
            boolean described = isIn(all, path)
                    || isIn(all, outermost(path))
                    || isIdOfAPlugin(path)
                    || (isForManyPlaces(path, known) && isInAComment(last(path), manuals));
            if (!described) {
                missing.add(path);
            }
        }
        assertEquals(List.of(), missing, "known, but in no reference.conf");
        SortedSet<String> unknown = new TreeSet<>();
        leaves(all, "", unknown);
        unknown.removeIf(path -> known.contains(path) || isPartOfAValue(path, known));
        assertEquals(new TreeSet<>(), unknown, "in a reference.conf, but nobody knows it");
    }

    /** In a list {@code listen}, or beside a {@code pass}, where transport stages have settings of their own. */
    private static boolean isForManyPlaces(String path, SortedSet<String> known) {
        int dot = path.lastIndexOf('.');
        return path.contains(LISTEN) || (dot > 0 && known.contains(path.substring(0, dot) + ".pass"));
    }

    private static boolean isInAComment(String key, Map<String, String> manuals) {
        return manuals.values().stream()
                .flatMap(String::lines)
                .anyMatch(line -> line.startsWith("#") && line.contains(" " + key + " = "));
    }

    /** There, or named in the comment of what stands for the group around it. */
    private static boolean isIn(ConfigObject manual, String path) {
        ConfigValue at = manual;
        for (String key : path.split("\\.")) {
            ConfigValue around = at;
            at = around instanceof ConfigObject group ? group.get(key) : null;
            if (at == null) {
                return !(around instanceof ConfigObject)
                        && String.join(" ", around.origin().comments()).matches(".*\\b" + key + "\\b.*");
            }
        }
        return true;
    }

    /** What may stand in a server or location is described where it stands for all of them. */
    private static String outermost(String path) {
        return path.replace(".servers.locations.", ".")
                .replace("http.servers.", "http.")
                .replace("stream.servers.", "stream.");
    }

    /** A plugin's section is known though it may have no settings. */
    private static boolean isIdOfAPlugin(String path) {
        return Assembly.found().plugins().stream().anyMatch(plugin -> (plugin.id() + ".").startsWith(path + "."));
    }

    /** Some values are objects, as media types are: they are described as a whole. */
    private static boolean isPartOfAValue(String path, SortedSet<String> known) {
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            String around = path.substring(0, dot);
            if (known.contains(around)) {
                return known.stream().noneMatch(other -> other.startsWith(around + "."));
            }
        }
        return false;
    }

    private static void leaves(ConfigObject object, String path, Set<String> found) {
        object.forEach((key, value) -> {
            if (value instanceof ConfigObject group && !group.isEmpty()) {
                leaves(group, path + key + ".", found);
            } else {
                found.add(path + key);
            }
        });
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static SortedSet<String> known() {
        Assembly assembly = Assembly.found();
        Configuration configuration = Configuration.parse(SOME, "some.conf", assembly.references());
        CycleLoader.load(configuration, Path.of("/"), assembly.plugins(), null);
        return configuration.settings();
    }

    /** By module, core's first. */
    private static Map<String, String> manuals() throws IOException {
        Set<Module> modules = new LinkedHashSet<>(List.of(Cycle.class.getModule(), Server.class.getModule()));
        Assembly.found()
                .plugins()
                .forEach(plugin -> modules.add(plugin.getClass().getModule()));
        Map<String, String> manuals = new LinkedHashMap<>();
        for (Module module : modules) {
            try (InputStream file = module.getResourceAsStream("reference.conf")) {
                if (file != null) {
                    manuals.put(module.getName(), new String(file.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return manuals;
    }
}
