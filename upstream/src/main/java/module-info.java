/** Peers, and how one of them is chosen, tried again and kept; knows no protocol. */
module io.sluice.upstream {
    requires transitive io.sluice.event;

    exports io.sluice.upstream;
    exports io.sluice.upstream.balance;
    exports io.sluice.upstream.discover;
    exports io.sluice.upstream.health;
    exports io.sluice.upstream.sticky;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.upstream.UpstreamsPlugin;
}
