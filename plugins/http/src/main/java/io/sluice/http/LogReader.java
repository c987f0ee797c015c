package io.sluice.http;

import io.sluice.core.config.Levels;
import io.sluice.core.config.NearestName;
import io.sluice.core.config.Section;
import io.sluice.core.plugin.ErrorLogSetting;
import io.sluice.core.variable.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads which logs each place has (ngx_http_log_set_log, ngx_log_set_log), and gathers them. */
final class LogReader {
    private static final String COMBINED = "combined";

    private static final String COMBINED_TEXT =
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";

    /** Binds a text with variables. */
    interface Compiler {
        Template<HttpRequest> template(String text, Consumer<String> problem);
    }

    /** A line must fit the buffers of a log, with the values of its variables. */
    private static final int LONGEST_TEXT = 8192;

    private record Format(Template<HttpRequest> text, LogEscape escape) {}

    private final Compiler compiler;
    private final Map<String, Format> formats = new TreeMap<>();
    private final List<List<ErrorLogSetting>> errorLogs = new ArrayList<>();

    /** As they were read: a place that inherits one has the very same. */
    private final List<LogSettings.Access> accessRead = new ArrayList<>();

    private final List<AccessLogConf> accessLogs = new ArrayList<>();

    LogReader(Section http, Compiler compiler) {
        this.compiler = compiler;
        formats.put(COMBINED, new Format(compiler.template(COMBINED_TEXT, http::problem), LogEscape.DEFAULT));
        for (Section section : http.named(LogSettings.FORMATS, LogSettings.Format.SHORTHAND)) {
            LogSettings.Format read = LogSettings.FORMAT.read(section);
            if (section.name().equals(COMBINED)) {
                section.problem("the format " + COMBINED + " is there already"); // as nginx says
            }
            Template<HttpRequest> text =
                    text(read.text(), message -> read.here().problem("text", message));
            formats.put(section.name(), new Format(text, read.escape()));
        }
    }

    /** The logs of the innermost level. */
    PlaceLogs read(Levels levels) {
        LogSettings settings = LogSettings.SETTINGS.read(levels);
        int errorLog =
                settings.errorLog().map(wanted -> indexOf(errorLogs, wanted)).orElse(PlaceLogs.PROCESS);
        int[] accesses = settings.accessLog().stream()
                .filter(access -> access.enabled() && access.file().isPresent())
                .mapToInt(this::accessLog)
                .toArray();
        return new PlaceLogs(errorLog, accesses);
    }

    HttpLogs all() {
        return new HttpLogs(errorLogs, accessLogs);
    }

    private int accessLog(LogSettings.Access access) {
        int index = indexOf(accessRead, access);
        if (index == accessLogs.size()) {
            Format format = format(access);
            Template<HttpRequest> condition = access.condition()
                    .map(text ->
                            compiler.template(text, message -> access.here().problem("if", message)))
                    .orElse(null);
            accessLogs.add(new AccessLogConf(
                    access.file().orElse(""),
                    format.text(),
                    format.escape(),
                    condition,
                    access.here().where()));
        }
        return index;
    }

    /** A text without a variable would be the same line for each request, so it was meant as a name. */
    private Format format(LogSettings.Access access) {
        Format named = formats.get(access.format());
        if (named != null) {
            return named;
        }
        Section here = access.here();
        if (access.format().indexOf('$') < 0) {
            here.problem(
                    "format",
                    "no " + LogSettings.FORMATS + " is called '" + access.format() + "'"
                            + NearestName.hint(access.format(), formats.keySet()));
        }
        Template<HttpRequest> text = text(access.format(), message -> here.problem("format", message));
        return new Format(text, LogEscape.DEFAULT);
    }

    private Template<HttpRequest> text(String text, Consumer<String> problem) {
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
