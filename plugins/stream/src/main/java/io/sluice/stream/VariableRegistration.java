package io.sluice.stream;

import io.sluice.core.variable.Variables;
import java.util.function.Consumer;

/** Claims of a plugin on names of variables. */
record VariableRegistration(Consumer<Variables.Claims<StreamSession>> claim) {}
