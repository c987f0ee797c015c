package io.sluice.http.filter;

import io.sluice.core.connection.BitPromise;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpPart;
import io.sluice.http.LocationPart;
import java.util.List;

/** Registers the filters of this package as any plugin registers its own. */
public final class OutputFilters implements HttpPart {
    /** Called by {@link java.util.ServiceLoader}. */
    public OutputFilters() {}

    @Override
    public void configure(PluginBinder binder) {
        BitPromise copy = binder.requestBit("copy");
        Reserves reserves = new Reserves();
        HttpBinder.of(binder)
                .settings(NotModifiedSettings.KEY)
                .settings(RangeSettings.KEY)
                .settings(CopySettings.KEY)
                .settings(HeadersSettings.KEY)
                .part(AddedHeaders.PART)
                .part(LocationPart.of(reserves::see))
                .filter("not-modified", (_, next) -> new NotModifiedFilter(next), List.of(), List.of())
                .filter("range-body", (_, next) -> new RangeBodyFilter(next), List.of(), List.of())
                .filter("copy", (worker, next) -> new CopyFilter(copy.get(), worker, next), List.of(), List.of())
                .filter("headers", (worker, next) -> new HeadersFilter(worker, next), List.of(), List.of())
                .filter(
                        "range-header",
                        (worker, next) -> new RangeHeaderFilter(worker.random(), next),
                        List.of(),
                        List.of())
                .filterReserve(reserves::rangeBytes)
                .fileReserve(reserves::copyBytes);
    }
}
