package io.sluice.core.config;

import com.typesafe.config.ConfigObject;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A configuration while it is read: sections are handed to all that read settings, then {@link #check} tells everything that
 * is wrong at once. For the one thread that loads.
 */
public final class Configuration {

    private final ConfigObject tree;
    private final References references;
    private final Load load;
    private final Section root;

    private Configuration(ConfigObject tree, References references, Problems problems) {
        this.tree = tree;
        this.references = references;
        load = new Load(problems, references.merged());
        root = Section.root(load, tree);
    }

    /**
     * Reads a file of HOCON with what it includes. The file is named in problems as it is here.
     *
     * @throws ConfigurationException if the file, or one it includes, cannot be read or parsed: with all such problems
     */
    public static Configuration of(Path file, References references) {
        Problems problems = new Problems();
        return resolved(Source.parse(file, problems), file.toString(), references, problems);
    }

    /**
     * Reads HOCON from a text; what it includes is looked for in the working directory.
     *
     * @param name stands for the file in problems
     * @throws ConfigurationException as for a file
     */
    public static Configuration parse(String text, String name, References references) {
        Problems problems = new Problems();
        return resolved(Source.parse(text, name, problems), name, references, problems);
    }

    private static Configuration resolved(ConfigObject parsed, String name, References references, Problems problems) {
        problems.throwIfAny(); // half a tree would only lead to more, wrong ones
        return new Configuration(Substitutions.resolve(parsed, name, problems), references, problems);
    }

    /** A tree made in another way; all its substitutions must be resolved. */
    public static Configuration of(ConfigObject tree, References references) {
        return new Configuration(tree, references, new Problems());
    }

    /** The top of the configuration; its settings stand at {@link Level#ROOT}. */
    public Section root() {
        return root;
    }

    /** What has been found to be wrong so far. */
    public Problems problems() {
        return load.problems;
    }

    /**
     * Makes settings known at all levels where they may stand. Reading them does that too; a plugin whose settings are read
     * at some inner level only must declare them, for a configuration that has no such level.
     */
    public void declare(Settings<?> settings) {
        load.declare(settings);
    }

    /**
     * All settings that those know who have declared or read some so far: paths as {@code http.servers.listen}, without the indexes of
     * lists and the names of entries. For tests of manuals.
     */
    public SortedSet<String> settings() {
        return UnknownKeys.known(root, load.catalogue).paths();
    }

    /**
     * Makes known which variables the texts of a section may have.
     *
     * @param of its path, as {@code http}
     * @param names a family with a {@code *} behind its beginning
     */
    public void declareVariables(String of, SortedSet<String> names) {
        load.variables.put(of, Collections.unmodifiableSortedSet(names));
    }

    /** What {@link #declareVariables} was told, by section. For tests of manuals. */
    public SortedMap<String, SortedSet<String>> variables() {
        return Collections.unmodifiableSortedMap(load.variables);
    }

    /**
     * Ends the reading: adds the settings that nobody knows to the problems.
     *
     * @throws ConfigurationException if there is any problem
     */
    public void check() {
        UnknownKeys.report(root, load.catalogue);
        load.problems.throwIfAny();
    }

    /**
     * The configuration on top of the defaults, as HOCON, with the place of each value behind it. Loaded again it means the same; what
     * is a list or has names is known once all have read.
     */
    public String dump() {
        return Dump.of(tree, references.merged(), load.catalogue, root);
    }
}
