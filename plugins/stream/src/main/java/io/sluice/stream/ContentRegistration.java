package io.sluice.stream;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who answers the servers that carry a key. */
record ContentRegistration(String key, Function<ServerView, @Nullable HandlerFactory> factory) {}
