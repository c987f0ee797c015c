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
    private static final List<String> PLACES =
            List.of("not-modified", "range-body", "copy", "headers", "postpone", "gzip", "range-header");

    private static final List<String> ABOVE_OTHERS = List.of("copy");
    private static final List<String> BELOW_OTHERS = List.of("headers");

    private FilterPlaces() {}

    /** The filters as they are to be ordered: in their places unless their own before and after or the user's list say otherwise. */
    static List<Order.Entry<FilterRegistration>> entries(Iterable<FilterRegistration> filters) {
        List<Order.Entry<FilterRegistration>> entries = new ArrayList<>();
        int others = PLACES.indexOf(BELOW_OTHERS.getFirst());
        addPlaced(0, others, filters, entries);
        for (FilterRegistration filter : filters) {
            if (!PLACES.contains(filter.name())) {
                boolean free = filter.before().isEmpty() && filter.after().isEmpty();
                entries.add(new Order.Entry<>(
                        filter.name(),
                        filter,
                        free ? BELOW_OTHERS : filter.before(),
                        free ? ABOVE_OTHERS : filter.after()));
            }
        }
        addPlaced(others, PLACES.size(), filters, entries);
        return entries;
    }

    private static void addPlaced(
            int from, int to, Iterable<FilterRegistration> filters, List<Order.Entry<FilterRegistration>> entries) {
        for (int place = from; place < to; place++) {
            for (FilterRegistration filter : filters) {
                if (filter.name().equals(PLACES.get(place))) {
                    List<String> before = new ArrayList<>(filter.before());
                    before.addAll(PLACES.subList(place + 1, PLACES.size()));
                    entries.add(new Order.Entry<>(filter.name(), filter, before, filter.after()));
                }
            }
        }
    }
}
