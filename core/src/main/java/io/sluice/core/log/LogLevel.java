package io.sluice.core.log;

import org.jspecify.annotations.Nullable;

/** Levels of the error log, from the gravest to the most talkative (ngx_log.h). */
public enum LogLevel {
    /** Cannot be chosen in a configuration; lets nothing through but what must be seen. */
    STDERR("stderr"),
    EMERG("emerg"),
    ALERT("alert"),
    CRIT("crit"),
    ERR("error"),
    WARN("warn"),
    NOTICE("notice"),
    INFO("info"),
    DEBUG("debug");

    private final String text;

    LogLevel(String text) {
        this.text = text;
    }

    /** As printed between the brackets of a line and as written in a configuration. */
    public String text() {
        return text;
    }

    /** The level a configuration means by that word, or null if there is none. */
    public static @Nullable LogLevel named(String word) {
        for (LogLevel level : values()) {
            if (level != STDERR && level.text.equals(word)) {
                return level;
            }
        }
        return null;
    }
}
