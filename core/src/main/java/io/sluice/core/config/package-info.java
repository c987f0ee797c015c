/** Settings as records, read from HOCON, with every problem of a configuration found at once. */
@NullMarked
package io.sluice.core.config;

import org.jspecify.annotations.NullMarked;
