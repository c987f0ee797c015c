package io.sluice.balance.hash;

import io.sluice.core.config.Here;
import io.sluice.core.config.Section;
import java.util.Optional;

/**
 * @param key what requests are balanced by; upstream's, read here to know that it is there
 * @param consistent whether few keys move when a server joins or leaves
 * @param here for messages
 */
record HashSettings(
        Optional<String> key, boolean consistent, @Here Section here) {}
