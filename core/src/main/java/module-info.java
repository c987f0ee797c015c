/** What every module of Sluice stands on; knows no OS call, no protocol and no peer. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.sluice.core {
    requires transitive com.google.guice;
    requires transitive jakarta.inject;
    requires transitive org.jspecify;
    requires transitive org.slf4j;
    requires transitive typesafe.config;
    requires com.google.common;
    requires org.jctools.core;

    exports io.sluice.core.accesslog;
    exports io.sluice.core.buffer;
    exports io.sluice.core.config;
    exports io.sluice.core.connection;
    exports io.sluice.core.cycle;
    exports io.sluice.core.file;
    exports io.sluice.core.log;
    exports io.sluice.core.plugin;
    exports io.sluice.core.time;
    exports io.sluice.core.transport;
    exports io.sluice.core.variable;

    uses io.sluice.core.plugin.Plugin;
}
