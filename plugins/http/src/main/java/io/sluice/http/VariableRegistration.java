package io.sluice.http;

import io.sluice.core.variable.Variables;
import java.util.function.Consumer;

/** Claims of a plugin on names of variables. */
record VariableRegistration(String plugin, Consumer<Variables.Claims<HttpRequest>> claim) {}
