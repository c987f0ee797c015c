package io.sluice.http;

import io.sluice.core.plugin.Order;
import java.util.ArrayList;
import java.util.List;

/**
 * Where nginx's filters stand in the chain (ngx_http.c, auto/modules). A filter that says neither before nor after whom it goes stands
 * between copy and headers: it sees bodies as they will be sent, and its changes to the header are seen by all that write it.
 */
final class FilterPlaces {
    /** From the first that sees output. */
    private static final List<String> ABOVE = List.of("not-modified", "range-body", "copy");

    private static final List<String> BELOW = List.of("headers", "postpone", "gzip", "range-header");

    private FilterPlaces() {}

    /** The filters in the order in which they see output unless their before and after or the user's list say otherwise. */
    static List<Order.Entry<FilterRegistration>> sorted(Iterable<FilterRegistration> filters) {
        List<Order.Entry<FilterRegistration>> sorted = new ArrayList<>();
        add(ABOVE, filters, sorted);
        for (FilterRegistration filter : filters) {
            if (!ABOVE.contains(filter.name()) && !BELOW.contains(filter.name())) {
                sorted.add(entry(filter));
            }
        }
        add(BELOW, filters, sorted);
        return sorted;
    }

    private static void add(
            List<String> names, Iterable<FilterRegistration> filters, List<Order.Entry<FilterRegistration>> to) {
        for (String name : names) {
            for (FilterRegistration filter : filters) {
                if (filter.name().equals(name)) {
                    to.add(entry(filter));
                }
            }
        }
    }

    private static Order.Entry<FilterRegistration> entry(FilterRegistration filter) {
        return new Order.Entry<>(filter.name(), filter, filter.before(), filter.after());
    }
}
