/** Output filters that every answer may need: conditions, ranges, added headers, files brought into memory. */
@NullMarked
package io.sluice.http.filter;

import org.jspecify.annotations.NullMarked;
