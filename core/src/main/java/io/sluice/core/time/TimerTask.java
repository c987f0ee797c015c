package io.sluice.core.time;

/** What a {@link Timer} does when its time has come. */
@FunctionalInterface
public interface TimerTask {
    /** Called once per setting, on the worker's thread. The timer is no longer set and may be set again in here. */
    void expired();
}
