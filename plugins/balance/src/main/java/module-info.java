/** The balancers that ship. */
module io.sluice.balance {
    requires transitive io.sluice.upstream;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.balance.roundrobin.RoundRobinPlugin,
            io.sluice.balance.hash.HashPlugin,
            io.sluice.balance.iphash.IpHashPlugin,
            io.sluice.balance.leastconn.LeastConnPlugin,
            io.sluice.balance.leasttime.LeastTimePlugin,
            io.sluice.balance.random.RandomPlugin;
}
