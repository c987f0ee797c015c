package io.sluice.core.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The id of a plugin, for a class that does not say it by {@link Plugin#id}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PluginId {
    /** Lower case words with dashes, groups with dots: {@code echo}, {@code balance.least-bytes}. */
    String value();
}
