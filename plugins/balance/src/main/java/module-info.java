/** The balancers that ship. */
module io.sluice.balance {
    requires transitive io.sluice.upstream;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.balance.RoundRobinPlugin;
}
