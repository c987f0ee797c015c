/** The PROXY protocol, as a transport stage of accepted connections and of those to peers. */
@SuppressWarnings("requires-automatic")
module io.sluice.proxyprotocol {
    requires io.sluice.core;
    requires static org.jspecify;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.proxyprotocol.ProxyProtocolPlugin;
}
