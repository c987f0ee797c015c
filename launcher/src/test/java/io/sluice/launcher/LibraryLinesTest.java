package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogStream;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.SystemClock;
import java.io.PrintStream;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** That simplelogger.properties suits {@link LogStream}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LibraryLinesTest {

    /** The build's tests keep quiet by default. */
    private static final String LEVEL = "org.slf4j.simpleLogger.log.com.example.Library";

    private final PrintStream standardError = System.err;

    @AfterEach
    void restore() {
        System.setErr(standardError);
        System.clearProperty(LEVEL);
    }

    @Test
    void what_a_library_logs_becomes_a_line_of_the_error_log() {
        WrittenLines lines = new WrittenLines();
        SystemClock clock = new SystemClock();
        LogOrigin origin = LogOrigin.ofProcess(4711, clock, ZoneOffset.UTC);
        LogWriter writer = new LogWriter(clock, origin, 64);
        System.setErr(new LogStream(ErrorLog.of(origin, LogLevel.WARN, writer.attach(lines)), LogLevel.ERR));
        System.setProperty(LEVEL, "info");

        Logger logger = LoggerFactory.getLogger("com.example.Library");
        logger.info("not so loud");
        logger.warn("disk {} is\nnearly full", "a");
        logger.error("and now", new IllegalStateException("it is full"));
        writer.turn();

        String[] written = lines.take().split("\n");
        assertEquals("[warn] 4711#0: Library - disk a is\\x0Anearly full", written[0]);
        assertEquals("[error] 4711#0: Library - and now", written[1]);
        assertEquals("\tjava.lang.IllegalStateException: it is full", written[2]);
    }
}
