package io.sluice.event;

import io.sluice.core.time.TimerTask;

/** Calls a task whose time has come, and keeps what it throws from the loop. */
interface TimerGuard {
    void expired(TimerTask task);
}
