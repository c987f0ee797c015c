package io.sluice.launcher.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** House rules, read off the sources; each complaint says file, line and what to do instead. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TidyTest {

    private static final int MOST_LINES = 500;
    private static final int MOST_LINES_WITHOUT_A_REASON = 300;
    private static final String EXCEPTIONS = "launcher/src/test/resources/tidy-exceptions.txt";

    private static final Set<String> BANNED_FOLDERS =
            Set.of("util", "utils", "impl", "common", "model", "manager", "helper", "helpers", "misc");
    private static final Pattern BANNED_NAME = Pattern.compile("(Util|Utils|Impl|Manager|Helper|Helpers)\\.java$");

    // Taken apart, so that this file does not complain of itself.
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern SLEEP = Pattern.compile("\\b(Thread|TimeUnit\\.\\w+)\\.sleep\\(");
    private static final Pattern REGISTRY =
            Pattern.compile("\\b(repo1?|search|central)\\.(ma" + "ven|sona" + "type)|registry\\.(np" + "mjs|yarn"
                    + "pkg)|deb\\.deb" + "ian|pypi\\.o" + "rg|docker\\.i" + "o|jit" + "pack\\.io");

    /** A field: modifiers, a type, a name, then a value or the end. A method has a parenthesis first. */
    private static final Pattern STATIC_FIELD = Pattern.compile(
            "^\\s*(?<modifiers>(?:(?:public|protected|private|static|final|volatile|transient)\\s+)+)[^=;()]+(?:=.*|;)$");

    private static final Pattern PACKAGE_DOC = Pattern.compile("^\\s*/\\*\\*(?<text>.*?)\\*/", Pattern.DOTALL);
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?](\\s|$)");

    private final List<SourceFile> java = Checkout.files(".java");
    private final List<SourceFile> texts = Checkout.files(
            ".java",
            ".xml",
            ".conf",
            ".md",
            ".txt",
            ".sh",
            ".options",
            ".config",
            "/run",
            "/sluice",
            ".yml",
            ".properties");
    private final List<String> complaints = new ArrayList<>();

    @Test
    void the_sources_are_found() {
        assertFalse(java.isEmpty());
        assertFalse(texts.stream().noneMatch(file -> file.path().equals(".ci/run")));
    }

    @Test
    void folders_and_types_are_named_for_what_they_can_do() {
        for (SourceFile file : java) {
            for (String folder : Arrays.asList(file.folder().split("/"))) {
                if (BANNED_FOLDERS.contains(folder)) {
                    complaints.add(file.path() + ": a folder is a capability, not '" + folder + "'");
                }
            }
            if (BANNED_NAME.matcher(file.name()).find()) {
                complaints.add(file.path() + ": name it for the concept it is");
            }
        }
        none();
    }

    @Test
    void nobody_waits_for_the_clock_on_the_wall() {
        java.forEach(file -> file.complainOf(SLEEP, "wait for the event itself", complaints::add));
        none();
    }

    @Test
    void a_file_is_one_concept() {
        Map<String, String> reasons = reasons();
        Set<String> unused = new TreeSet<>(reasons.keySet());
        for (SourceFile file : java) {
            int count = file.lines().size();
            if (count > MOST_LINES_WITHOUT_A_REASON) {
                unused.remove(file.path());
            }
            if (count > MOST_LINES) {
                complaints.add(file.path() + ": " + count + " lines; " + MOST_LINES + " is the end, split it");
            } else if (count > MOST_LINES_WITHOUT_A_REASON && !reasons.containsKey(file.path())) {
                complaints.add(file.path() + ": " + count + " lines; split it, or say why not in " + EXCEPTIONS);
            }
        }
        unused.forEach(path -> complaints.add(EXCEPTIONS + ": " + path + " needs no exception"));
        none();
    }

    @Test
    void nothing_static_changes() {
        for (SourceFile file : java) {
            for (int i = 0; i < file.lines().size(); i++) {
                Matcher field = STATIC_FIELD.matcher(file.lines().get(i));
                if (field.find() && isChangingStatic(field.group("modifiers"))) {
                    complaints.add(file.path() + ":" + (i + 1) + ": give the state to an object: "
                            + file.lines().get(i).strip());
                }
            }
        }
        none();
    }

    @Test
    void nothing_is_left_for_later() {
        texts.forEach(file -> file.complainOf(UNFINISHED, "do it, or open an issue", complaints::add));
        none();
    }

    @Test
    void no_file_names_a_package_registry() {
        texts.forEach(file -> file.complainOf(REGISTRY, "leave the host to the tools' settings", complaints::add));
        none();
    }

    @Test
    void every_package_says_in_one_sentence_what_it_is() {
        Set<String> packages = java.stream()
                .filter(SourceFile::isMain)
                .filter(file -> !file.name().equals("module-info.java"))
                .map(SourceFile::folder)
                .collect(Collectors.toCollection(TreeSet::new));
        for (SourceFile file : java) {
            if (file.isMain() && file.name().equals("package-info.java")) {
                packages.remove(file.folder());
                checkPackage(file);
            }
        }
        packages.forEach(folder -> complaints.add(folder + ": has no package-info.java"));
        none();
    }

    private static boolean isChangingStatic(String modifiers) {
        return modifiers.contains("static") && !modifiers.contains("final");
    }

    private void checkPackage(SourceFile file) {
        Matcher doc = PACKAGE_DOC.matcher(file.text());
        if (!doc.find()) {
            complaints.add(file.path() + ": starts with one sentence of Javadoc");
            return;
        }
        String sentence = doc.group("text").replaceAll("\\n\\s*\\*", " ").strip();
        if (SENTENCE_END.matcher(sentence).results().count() != 1 || !sentence.endsWith(".")) {
            complaints.add(file.path() + ": wants exactly one sentence, has: " + sentence);
        }
        if (!file.text().contains("@NullMarked")) {
            complaints.add(file.path() + ": wants @NullMarked");
        }
    }

    /** Path to reason; a line without a reason is none. */
    private static Map<String, String> reasons() {
        return Checkout.files(EXCEPTIONS.substring(EXCEPTIONS.lastIndexOf('/'))).stream()
                .flatMap(file -> file.lines().stream())
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private void none() {
        if (!complaints.isEmpty()) {
            fail(complaints.size() + " complaints\n" + String.join("\n", complaints));
        }
    }
}
