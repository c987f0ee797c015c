/** What a plugin author tests with. */
module io.sluice.testkit {
    requires transitive io.sluice.upstream;
    requires jdk.management;
    requires transitive org.junit.jupiter.api;

    exports io.sluice.testkit.client;
    exports io.sluice.testkit.driver;
    exports io.sluice.testkit.fuzz;
    exports io.sluice.testkit.heap;
    exports io.sluice.testkit.origin;
    exports io.sluice.testkit.peers;
    exports io.sluice.testkit.server;
    exports io.sluice.testkit.source;
    exports io.sluice.testkit.time;
    exports io.sluice.testkit.wire;
}
