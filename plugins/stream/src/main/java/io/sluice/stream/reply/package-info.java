/** Answers a session with a text. */
@NullMarked
package io.sluice.stream.reply;

import org.jspecify.annotations.NullMarked;
