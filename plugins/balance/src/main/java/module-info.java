/** The balancers that ship. */
module io.sluice.balance {
    requires transitive io.sluice.upstream;
}
