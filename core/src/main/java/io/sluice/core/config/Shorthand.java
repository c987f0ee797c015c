package io.sluice.core.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The component a plain value stands for where the record is expected: with {@code record Listen(@Shorthand String address, …)}
 * {@code listen = "*:80"} is short for {@code listen = { address = "*:80" }}. One component of a record.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Shorthand {}
