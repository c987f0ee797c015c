/** The peer that is expected to answer first. */
@NullMarked
package io.sluice.balance.leasttime;

import org.jspecify.annotations.NullMarked;
