package io.sluice.core.plugin;

import io.sluice.core.config.FileReason;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogFile;
import io.sluice.core.log.LogTarget;
import io.sluice.core.log.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the log files that a configuration names and gives them back together. A file that is named twice, here or elsewhere in the
 * process, is one file.
 *
 * <p><b>Thread:</b> one.
 */
public final class OpenLogs implements AutoCloseable {
    private static final String STANDARD_ERROR = "stderr";

    private final LogWriter writer;
    private final Path prefix;
    private final List<LogFile> opened = new ArrayList<>();

    /** @param prefix the folder to which relative names belong */
    public OpenLogs(LogWriter writer, Path prefix) {
        this.writer = writer;
        this.prefix = prefix;
    }

    /**
     * The error log of one place.
     *
     * @throws CannotStartException if a file can be neither opened nor made
     */
    public ErrorLog errorLog(LogContext speaker, List<ErrorLogSetting> settings) {
        List<LogTarget> targets = new ArrayList<>();
        for (ErrorLogSetting setting : settings) {
            LogFile file = setting.file().equals(STANDARD_ERROR)
                    ? kept(writer.standardError())
                    : file("error log", setting.file(), setting.here().where(), null);
            targets.add(new LogTarget(setting.level().meant(), file));
        }
        return ErrorLog.of(speaker, targets);
    }

    /**
     * A file of records, as access logs are; see {@link LogWriter#openRecords}.
     *
     * @param where {@code file:line} of the setting
     * @throws CannotStartException if it can be neither opened nor made
     */
    public LogFile records(String name, String where, ErrorLog complaints) {
        return file("access log", name, where, complaints);
    }

    private LogFile file(String kind, String name, String where, @Nullable ErrorLog complaints) {
        Path path = prefix.resolve(name);
        try {
            Path folder = path.toAbsolutePath().getParent();
            // A link to a folder is one too, which createDirectories would not believe.
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            return kept(complaints == null ? writer.open(path) : writer.openRecords(path, complaints));
        } catch (IOException failed) {
            throw new CannotStartException(
                    where + ": the " + kind + " " + path + " cannot be opened: " + FileReason.of(failed), failed);
        }
    }

    private LogFile kept(LogFile file) {
        opened.add(file);
        return file;
    }

    /** Gives all files back; what was logged is still written. */
    @Override
    public void close() {
        opened.forEach(LogFile::close);
        opened.clear();
    }
}
