package io.sluice.http;

import io.sluice.core.plugin.ErrorLogSetting;
import java.util.List;

/**
 * All logs that the places of a cycle name, each once.
 *
 * @param errorLogs each with its files
 */
record HttpLogs(List<List<ErrorLogSetting>> errorLogs, List<AccessLogConf> accessLogs) {
    HttpLogs {
        errorLogs = List.copyOf(errorLogs);
        accessLogs = List.copyOf(accessLogs);
    }
}
