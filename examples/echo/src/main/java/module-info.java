/** A TCP protocol of its own: sends back what it receives. */
module io.sluice.examples.echo {
    requires io.sluice.core;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.examples.echo.EchoPlugin;
}
