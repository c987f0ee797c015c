package io.sluice.core.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bounds of a number, of a size in bytes or of a duration in milliseconds; both ends are allowed. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {

    /** The smallest value allowed. */
    long min() default Long.MIN_VALUE;

    /** The largest value allowed. */
    long max() default Long.MAX_VALUE;
}
