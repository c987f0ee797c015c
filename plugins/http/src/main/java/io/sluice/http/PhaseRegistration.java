package io.sluice.http;

import java.util.List;

/** A handler of a phase, with its place. */
record PhaseRegistration(Phase phase, String name, ContentFactory maker, List<String> before, List<String> after) {}
