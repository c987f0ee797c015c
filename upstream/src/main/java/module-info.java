/** Peers, and how one of them is chosen, tried again and kept; knows no protocol. */
module io.sluice.upstream {
    requires transitive io.sluice.event;
}
