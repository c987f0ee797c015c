package io.sluice.core.accesslog;

/** Which of a cycle's logs a place, as a server or a location, has: their places in {@link CycleLogs}. Immutable. */
public final class PlaceLogs {
    /** The error log of the process. */
    static final int PROCESS = -1;

    private final int errorLog;
    private final int[] accessLogs;

    PlaceLogs(int errorLog, int[] accessLogs) {
        this.errorLog = errorLog;
        this.accessLogs = accessLogs.clone();
    }

    /** Its index, or {@link #PROCESS}. */
    int errorLog() {
        return errorLog;
    }

    int accessLogs() {
        return accessLogs.length;
    }

    int accessLog(int i) {
        return accessLogs[i];
    }
}
