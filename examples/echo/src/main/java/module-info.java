/** A TCP protocol of its own: sends back what it receives. */
@SuppressWarnings("requires-automatic")
module io.sluice.examples.echo {
    requires io.sluice.core;

    exports io.sluice.examples.echo;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.examples.echo.EchoPlugin;
}
