/** Passes requests of HTTP clients to peers and their answers back. */
@SuppressWarnings("requires-automatic")
module io.sluice.proxy {
    requires io.sluice.http;
    requires io.sluice.upstream;
    requires static org.jspecify;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.proxy.ProxyPlugin;
}
