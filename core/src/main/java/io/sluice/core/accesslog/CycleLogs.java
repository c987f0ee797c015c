package io.sluice.core.accesslog;

import io.sluice.core.plugin.ErrorLogSetting;
import java.util.List;

/**
 * All logs that the places of a cycle name, each once. Immutable.
 *
 * @param <C> what the lines of access logs are about
 */
public final class CycleLogs<C> {
    /** Each with its files. */
    private final List<List<ErrorLogSetting>> errorLogs;

    private final List<AccessLogConf<C>> accessLogs;

    CycleLogs(List<List<ErrorLogSetting>> errorLogs, List<AccessLogConf<C>> accessLogs) {
        this.errorLogs = List.copyOf(errorLogs);
        this.accessLogs = List.copyOf(accessLogs);
    }

    List<List<ErrorLogSetting>> errorLogs() {
        return errorLogs;
    }

    List<AccessLogConf<C>> accessLogs() {
        return accessLogs;
    }
}
