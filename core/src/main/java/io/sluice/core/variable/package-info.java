/** Variables that modules define and templates that use them, both bound when a configuration is loaded. */
@NullMarked
package io.sluice.core.variable;

import org.jspecify.annotations.NullMarked;
