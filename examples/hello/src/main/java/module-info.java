/** An HTTP location of its own. */
module io.sluice.examples.hello {
    requires io.sluice.http;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.examples.hello.HelloPlugin;
}
