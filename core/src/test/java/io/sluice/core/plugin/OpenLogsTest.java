package io.sluice.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.References;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpenLogsTest {
    private final LogOrigin origin = LogOrigin.ofProcess(1, new SystemClock(), ZoneOffset.UTC);
    private final LogWriter writer = new LogWriter(new SystemClock(), origin, 16);

    @TempDir
    private Path folder;

    private static List<ErrorLogSetting> settings(String text) {
        return ErrorLogSetting.outermost(
                Configuration.parse(text, "sluice.conf", References.of(List.of(Cycle.class.getModule())))
                        .root());
    }

    @Test
    void each_line_goes_where_its_level_is_wanted_and_folders_are_made() throws IOException {
        OpenLogs open = new OpenLogs(writer, folder);
        ErrorLog log = open.errorLog(
                origin, settings("error-log = [ { file = \"logs/all.log\", level = debug }, \"errors.log\" ]"));
        log.log(LogLevel.ERR, "an error");
        log.log(LogLevel.DEBUG, "a detail");
        writer.turn();
        assertEquals(2, Files.readAllLines(folder.resolve("logs/all.log")).size());
        assertEquals(1, Files.readAllLines(folder.resolve("errors.log")).size());
    }

    @Test
    void a_file_that_is_named_twice_is_one_file_until_the_last_gives_it_back() throws IOException {
        OpenLogs one = new OpenLogs(writer, folder);
        OpenLogs other = new OpenLogs(writer, folder.resolve("x/.."));
        ErrorLog log = one.errorLog(origin, settings("error-log = a.log"));
        assertSame(other.records("a.log", "sluice.conf:1", log), one.records(folder + "/a.log", "sluice.conf:2", log));
        other.close();
        log.log(LogLevel.ERR, "still open");
        writer.turn();
        assertEquals(1, Files.readAllLines(folder.resolve("a.log")).size());
        one.close();
    }

    @Test
    void a_file_that_cannot_be_opened_is_told_with_the_line_that_names_it() throws IOException {
        Files.createDirectories(folder.resolve("taken.log"));
        String told = assertThrows(
                        CannotStartException.class,
                        () -> new OpenLogs(writer, folder).errorLog(origin, settings("\nerror-log = taken.log")))
                .getMessage();
        assertTrue(
                told.startsWith("sluice.conf:2: error-log: the error log " + folder.resolve("taken.log")
                        + " cannot be opened: "),
                told);
    }
}
