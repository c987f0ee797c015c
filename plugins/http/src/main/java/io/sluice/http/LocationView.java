package io.sluice.http;

import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.variable.Template;
import java.util.function.Consumer;

/**
 * A location while the configuration is read, for the plugin that answers it; or what a server says outside of its locations, which counts
 * as a location of all paths for requests that find no other.
 *
 * <p><b>Thread:</b> the one that loads.
 */
public interface LocationView {
    /** The location's own section, or the server's. */
    Section section();

    /** The path as it was written. */
    String path();

    /** Whether only this very path is meant, not what begins with it. */
    boolean exact();

    /** What a plugin has made of this location. */
    <T> T part(LocationPart<T> part);

    /** The plugin's record for this location, inherited as it declares. */
    <R extends Record> R settings(LocationSettings<R> key);

    /** A record that no plugin has declared for all locations, as what another plugin keeps in the group of this one. */
    <R extends Record> R read(Settings<R> settings);

    /** Binds a text with variables; what is wrong with it is reported at the line of the key. */
    Template<HttpRequest> template(String key, String text);

    /** As {@link #template(String, String)} for a text that stands elsewhere, as with an upstream: what is wrong with it is told to the caller. */
    Template<HttpRequest> template(String text, Consumer<String> problem);

    /** Reports a problem at the line of a key, as {@code proxy.pass}. */
    void problem(String key, String message);
}
