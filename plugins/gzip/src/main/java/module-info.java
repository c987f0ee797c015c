/** Compresses responses for clients that accept it. */
@SuppressWarnings("requires-automatic")
module io.sluice.gzip {
    requires io.sluice.http;
    requires static org.jspecify;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.gzip.GzipPlugin;
}
