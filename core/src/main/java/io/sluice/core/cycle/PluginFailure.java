package io.sluice.core.cycle;

import io.sluice.core.config.ConfigurationException;
import io.sluice.core.plugin.CannotStartException;
import org.jspecify.annotations.Nullable;

/** A plugin threw what it should not have while a cycle was made or entered; the message names the plugin. */
public final class PluginFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PluginFailure(String plugin, String what, Throwable cause) {
        super("the plugin " + plugin + " failed " + what + ": " + cause, cause);
    }

    /** What to throw on: plain words stay as they are, and of plugins that call each other the innermost is named. */
    static RuntimeException of(String plugin, String what, Throwable thrown) {
        throwIfFatal(thrown);
        return thrown instanceof PluginFailure || thrown instanceof CannotStartException
                ? (RuntimeException) thrown
                : new PluginFailure(plugin, what, thrown);
    }

    /** Exhausted memory and the like are nobody's alone. */
    static void throwIfFatal(Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    /** Whether this only says that the configuration is wrong, which the problems of the load say better. */
    static boolean isRefusal(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationException) {
                return true;
            }
        }
        return false;
    }
}
