/** HTTP/1 for clients: requests, phases, handlers and filters, which other plugins extend. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.sluice.http {
    requires transitive io.sluice.core;
    requires static transitive org.jspecify;

    exports io.sluice.http;
    exports io.sluice.http.parse;

    uses io.sluice.http.HttpPart;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.http.HttpPlugin;
    provides io.sluice.http.HttpPart with
            io.sluice.http.filter.OutputFilters;
}
