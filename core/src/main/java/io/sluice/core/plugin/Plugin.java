package io.sluice.core.plugin;

/**
 * One capability, found by ServiceLoader. Its id is at once its name, its place in the configuration and its name in logs.
 *
 * <p>Its life:
 *
 * <ol>
 *   <li>found: the constructor runs; it opens and starts nothing
 *   <li>configured: {@link #configure} reads its settings and says what it brings; {@code -t} runs this too, so it opens nothing either
 *   <li>built: the steps given to {@link PluginBinder#whenBuilt} run with the injector; all problems so far are reported together
 *   <li>started: what it brings per worker is made on each worker's thread, when it is first wanted
 *   <li>stopped: on each worker, what was made and is {@link AutoCloseable} is closed, the last made first
 * </ol>
 */
public interface Plugin {
    /** What {@link PluginId} says. */
    default String id() {
        PluginId given = getClass().getAnnotation(PluginId.class);
        if (given == null) {
            throw new IllegalStateException(getClass().getName() + " has neither @PluginId nor a method id()");
        }
        return given.value();
    }

    /**
     * Says what the plugin brings. Problems go to {@link PluginBinder#problems}; an exception is a bug and refuses the load as well.
     *
     * <p><b>Thread:</b> the one that loads the configuration.
     */
    void configure(PluginBinder binder);
}
