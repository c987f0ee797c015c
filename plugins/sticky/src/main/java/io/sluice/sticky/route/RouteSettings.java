package io.sluice.sticky.route;

import io.sluice.core.config.Here;
import io.sluice.core.config.Section;
import java.util.List;

/**
 * @param route texts with variables, of which the first that is not empty counts
 * @param here for messages
 */
record RouteSettings(List<String> route, @Here Section here) {}
