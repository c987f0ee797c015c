package io.sluice.core.accesslog;

import io.sluice.core.config.Level;
import io.sluice.core.config.Levels;
import io.sluice.core.config.NearestName;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.plugin.ErrorLogSetting;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.variable.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads which logs each place has (ngx_http_log_set_log, ngx_log_set_log), and gathers them. The section of the plugin holds the
 * formats, each of its levels may have {@code error-log} and {@code access-log}.
 *
 * @param <C> what the lines of access logs are about
 */
public final class PlaceLogReader<C> {
    /**
     * Binds a text with variables.
     *
     * @param <C> what the variables are asked about
     */
    public interface Compiler<C> {
        Template<C> template(String text, Consumer<String> problem);
    }

    /** A line must fit the buffers of a log, with the values of its variables. */
    private static final int LONGEST_TEXT = 8192;

    private record Format<C>(Template<C> text, LogEscape escape) {}

    private final Compiler<C> compiler;
    private final Settings<PlaceLogSettings> settings;
    private final Map<String, Format<C>> formats = new TreeMap<>();
    private final List<List<ErrorLogSetting>> errorLogs = new ArrayList<>();

    /** As they were read: a place that inherits one has the very same. */
    private final List<PlaceLogSettings.Access> accessRead = new ArrayList<>();

    private final List<AccessLogConf<C>> accessLogs = new ArrayList<>();

    /**
     * Reads the formats.
     *
     * @param binder of the plugin whose places have the logs
     * @param known the name of the format that is there anyway
     * @param text of it
     * @param levels where logs may be set, the outermost first
     */
    public PlaceLogReader(PluginBinder binder, Compiler<C> compiler, String known, String text, Level... levels) {
        this.compiler = compiler;
        this.settings = PlaceLogSettings.SETTINGS.at(levels);
        binder.configuration().declare(settings);
        Settings<PlaceLogSettings.Format> entries =
                PlaceLogSettings.FORMAT.at(levels[0].child(PlaceLogSettings.FORMATS));
        Section outermost = binder.section();
        formats.put(known, new Format<>(compiler.template(text, outermost::problem), LogEscape.DEFAULT));
        for (Section section : outermost.named(PlaceLogSettings.FORMATS, PlaceLogSettings.Format.SHORTHAND)) {
            PlaceLogSettings.Format read = entries.read(section);
            if (section.name().equals(known)) {
                section.problem("the format " + known + " is there already"); // as nginx says
            }
            Template<C> own = text(read.text(), message -> read.here().problem("text", message));
            formats.put(section.name(), new Format<>(own, read.escape()));
        }
    }

    /** The logs of the innermost level. */
    public PlaceLogs read(Levels levels) {
        PlaceLogSettings read = settings.read(levels);
        int errorLog = read.errorLog().map(wanted -> indexOf(errorLogs, wanted)).orElse(PlaceLogs.PROCESS);
        int[] accesses = read.accessLog().stream()
                .filter(access -> access.enabled() && access.file().isPresent())
                .mapToInt(this::accessLog)
                .toArray();
        return new PlaceLogs(errorLog, accesses);
    }

    /** All that were read so far. */
    public CycleLogs<C> all() {
        return new CycleLogs<>(errorLogs, accessLogs);
    }

    private int accessLog(PlaceLogSettings.Access access) {
        int index = indexOf(accessRead, access);
        if (index == accessLogs.size()) {
            Format<C> format = format(access);
            Template<C> condition = access.condition()
                    .map(text ->
                            compiler.template(text, message -> access.here().problem("if", message)))
                    .orElse(null);
            accessLogs.add(new AccessLogConf<>(
                    access.file().orElse(""),
                    format.text(),
                    format.escape(),
                    condition,
                    access.here().where()));
        }
        return index;
    }

    /** A text without a variable would be the same line for each request, so it was meant as a name. */
    private Format<C> format(PlaceLogSettings.Access access) {
        Format<C> named = formats.get(access.format());
        if (named != null) {
            return named;
        }
        Section here = access.here();
        if (access.format().indexOf('$') < 0) {
            here.problem(
                    "format",
                    "no " + PlaceLogSettings.FORMATS + " is called '" + access.format() + "'"
                            + NearestName.hint(access.format(), formats.keySet()));
        }
        Template<C> text = text(access.format(), message -> here.problem("format", message));
        return new Format<>(text, LogEscape.DEFAULT);
    }

    private Template<C> text(String text, Consumer<String> problem) {
        if (text.length() > LONGEST_TEXT) {
            problem.accept("has " + text.length() + " characters, " + LONGEST_TEXT + " are allowed");
        }
        return compiler.template(text, problem);
    }

    private static <T> int indexOf(List<T> known, T wanted) {
        int index = known.indexOf(wanted);
        if (index < 0) {
            known.add(wanted);
            return known.size() - 1;
        }
        return index;
    }
}
