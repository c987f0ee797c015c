/** Answers HTTP requests with files. */
@SuppressWarnings("requires-automatic")
module io.sluice.files {
    requires transitive io.sluice.http;
    requires static org.jspecify;

    exports io.sluice.files;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.files.FilesPlugin;
}
