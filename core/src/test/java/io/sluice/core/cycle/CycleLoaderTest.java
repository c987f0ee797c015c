package io.sluice.core.cycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.config.Problem;
import io.sluice.core.config.References;
import io.sluice.core.config.Settings;
import io.sluice.core.plugin.ErrorLogSetting;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerKey;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CycleLoaderTest {
    private static final References DEFAULTS = References.of(List.of(Cycle.class.getModule()));

    /** A plugin that does nothing else. */
    record Doing(String name, Consumer<PluginBinder> what) implements Plugin {
        @Override
        public String id() {
            return name;
        }

        @Override
        public void configure(PluginBinder binder) {
            what.accept(binder);
        }
    }

    private static Plugin plugin(String name, Consumer<PluginBinder> what) {
        return new Doing(name, what);
    }

    private static Cycle load(String text, Plugin... plugins) {
        Configuration configuration = Configuration.parse(text, "sluice.conf", DEFAULTS);
        return CycleLoader.load(configuration, Path.of("/"), List.of(plugins), null);
    }

    private static List<String> problems(String text, Plugin... plugins) {
        return assertThrows(ConfigurationException.class, () -> load(text, plugins)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void an_exception_in_configure_refuses_the_load_with_the_plugins_name_and_its_stack() {
        IllegalStateException bug = new IllegalStateException("oh");
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> load("nobody-knows = 1", plugin("bad", _ -> {
                    throw bug;
                })));
        assertEquals(
                "the plugin bad failed to be configured: java.lang.IllegalStateException: oh", refused.getMessage());
        assertSame(bug, refused.getSuppressed()[0]);
    }

    @Test
    void an_error_does_so_too_and_all_others_are_asked_nevertheless() {
        assertEquals(
                List.of(
                        "the plugin bad failed to be configured: java.io.IOError: java.io.IOException: disk",
                        "the plugin worse failed to be configured: java.lang.StackOverflowError",
                        "sluice.conf:1: good.x: is wrong"),
                problems(
                        "good.x = 1",
                        plugin("bad", _ -> {
                            throw new java.io.IOError(new java.io.IOException("disk"));
                        }),
                        plugin("good", binder -> binder.section().problem("x", "is wrong")),
                        plugin("worse", _ -> {
                            throw new StackOverflowError();
                        })));
    }

    @Test
    void exhausted_memory_is_nobodys_problem_alone() {
        assertThrows(
                OutOfMemoryError.class,
                () -> load("", plugin("bad", _ -> {
                    throw new OutOfMemoryError("test");
                })));
    }

    @Test
    void an_exception_when_it_is_built_names_the_plugin_and_the_other_steps_run() {
        assertEquals(
                List.of(
                        "the plugin bad failed when it was built: java.lang.AssertionError: no",
                        "sluice.conf:1: good.x: is wrong"),
                problems(
                        "good.x = 1",
                        plugin(
                                "bad",
                                binder -> binder.whenBuilt(_ -> {
                                    throw new AssertionError("no");
                                })),
                        plugin(
                                "good",
                                binder -> binder.whenBuilt(_ -> binder.section().problem("x", "is wrong")))));
    }

    record Needed(String needed) {}

    private static final Settings<Needed> NEEDED = Settings.of(MethodHandles.lookup(), Needed.class);

    @Test
    void settings_that_cannot_be_read_are_told_once_and_are_nobodys_bug() {
        Plugin reads = plugin("reads", binder -> {
            binder.settings(NEEDED);
            throw new ConfigurationException(binder.problems());
        });
        assertEquals(List.of("sluice.conf:1: reads.needed: is missing"), problems("reads { }", reads));
    }

    @Test
    void a_plugin_that_cannot_tell_its_id_is_named_by_its_class() {
        Plugin anonymous = new Plugin() {
            @Override
            public void configure(PluginBinder binder) {}
        };
        String problem = problems("", anonymous).getFirst();
        assertTrue(
                problem.startsWith("the plugin " + anonymous.getClass().getName() + " failed to tell its id: "),
                problem);
    }

    @Test
    void two_plugins_of_one_name_are_both_named() {
        Plugin other = new Plugin() {
            @Override
            public String id() {
                return "same";
            }

            @Override
            public void configure(PluginBinder binder) {}
        };
        assertEquals(
                List.of("two plugins are called same: " + Doing.class.getName() + " and "
                        + other.getClass().getName()),
                problems("", plugin("same", _ -> {}), other).stream()
                        .map(problem -> problem.replaceFirst("^sluice.conf:\\d+: |^sluice.conf: ", ""))
                        .toList());
    }

    @Test
    void a_name_in_the_order_of_plugins_that_nothing_has_is_told_with_the_nearest() {
        assertEquals(
                List.of("sluice.conf:1: plugins.order: no plugin is called 'ehco' (did you mean 'echo'?)"),
                problems("plugins.order = [ehco]", plugin("echo", _ -> {})));
    }

    @Test
    void what_two_plugins_make_for_each_worker_under_one_key_names_both() {
        WorkerKey<String> key = WorkerKey.of("thing");
        String problem = problems(
                        "", plugin("a", b -> b.perWorker(key, _ -> "")), plugin("b", b -> b.perWorker(key, _ -> "")))
                .getFirst();
        assertTrue(problem.endsWith("thing is made for each worker by a and by b"), problem);
    }

    @Test
    void bits_are_claimed_in_any_order_of_the_plugins_with_one_result() {
        Plugin a = plugin("a", b -> b.connectionBit("a.bit"));
        Plugin b = plugin("b", binder -> binder.connectionBit("b.bit", 0x40));
        List<String> one = load("", a, b).bits().map();
        assertEquals(one, load("", b, a).bits().map());
        assertEquals(one, load("plugins.order = [b, a]", b, a).bits().map());
    }

    @Test
    void without_an_error_log_there_is_one_with_the_defaults() {
        ErrorLogSetting only = load("").errorLogs().getFirst();
        assertEquals("stderr", only.file());
        assertEquals(ErrorLogSetting.Level.ERROR, only.level());
    }

    @Test
    void several_error_logs_each_with_its_level_replace_it() {
        List<ErrorLogSetting> logs =
                load("error-log = [\"a.log\", { file = b.log, level = debug }]").errorLogs();
        assertEquals(
                List.of("a.log", "b.log"),
                logs.stream().map(ErrorLogSetting::file).toList());
        assertEquals(
                List.of(ErrorLogSetting.Level.ERROR, ErrorLogSetting.Level.DEBUG),
                logs.stream().map(ErrorLogSetting::level).toList());
    }

    @Test
    void a_level_that_is_none_is_told_with_the_nearest() {
        assertEquals(
                List.of("sluice.conf:1: error-log.level: 'nitice' is not one of debug, info, notice, warn, error, "
                        + "crit, alert, emerg (did you mean 'notice'?)"),
                problems("error-log { file = x, level = nitice }"));
    }
}
