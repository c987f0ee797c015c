package io.sluice.stream;

import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.variable.Template;
import java.util.function.Consumer;

/**
 * A server while the configuration is read, as plugins see it.
 *
 * <p><b>Thread:</b> the one that loads.
 */
public interface ServerView {
    /** What the server itself says. */
    Section section();

    /** Reads a record of settings for this server; what is inherited comes from {@code stream}. */
    <R extends Record> R read(Settings<R> settings);

    /** What another part has made of this server. */
    <T> T part(ServerPart<T> part);

    /**
     * Binds a text with variables; what is wrong with it is reported.
     *
     * @param key of the setting, with dots through groups
     */
    Template<StreamSession> template(String key, String text);

    /** As {@link #template(String, String)}, for a text that stands elsewhere. */
    Template<StreamSession> template(String text, Consumer<String> problem);

    /** Reports a problem of a setting at the line where the nearest level sets it. */
    void problem(String key, String message);

    /** Says how much of the worker's memory one session of this server may need at once. */
    void reserve(int bytes);
}
