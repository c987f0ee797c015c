package io.sluice.stream;

import java.util.List;

/** A handler of a phase, with its place. */
record PhaseRegistration(
        StreamPhase phase, String name, HandlerFactory maker, List<String> before, List<String> after) {}
