package io.sluice.http;

import java.util.function.IntSupplier;

/**
 * What a filter may need of the memory of one exchange.
 *
 * @param forFiles whether it needs that only for parts of files
 */
record FilterReserveRegistration(IntSupplier bytes, boolean forFiles) {}
