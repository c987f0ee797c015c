/** Sessions of bytes for clients: phases, handlers and proxying to peers, which other plugins extend. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.sluice.stream {
    requires transitive io.sluice.core;
    requires io.sluice.upstream;
    requires static transitive org.jspecify;

    exports io.sluice.stream;

    uses io.sluice.stream.StreamPart;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.stream.StreamPlugin;
    provides io.sluice.stream.StreamPart with
            io.sluice.stream.access.AccessPart,
            io.sluice.stream.hello.SslPrereadPart,
            io.sluice.stream.limit.LimitPart,
            io.sluice.stream.pass.PassPart,
            io.sluice.stream.proxy.ProxyPart,
            io.sluice.stream.reply.ReturnPart,
            io.sluice.stream.variable.SetPart;
}
