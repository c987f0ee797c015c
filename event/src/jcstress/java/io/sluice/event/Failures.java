package io.sluice.event;

import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.time.SystemClock;
import java.time.ZoneOffset;
import java.util.List;

/** What the tasks of stress tests tell: nothing, for none of them throws. */
final class Failures {
    static final WorkerFailures NONE = new WorkerFailures(
            ErrorLog.of(LogOrigin.ofProcess(1, new SystemClock(), ZoneOffset.UTC), List.of()), new WorkerStatus());

    private Failures() {}
}
