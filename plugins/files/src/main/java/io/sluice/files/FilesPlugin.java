package io.sluice.files;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.ContentFactory;
import io.sluice.http.HttpBinder;
import io.sluice.http.LocationPart;
import io.sluice.http.LocationView;
import io.sluice.http.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Answers the locations that nobody else does with files, if {@code root} or {@code alias} says where they are; looks for files in all of
 * them that have {@code try-files} (ngx_http_static, index, autoindex, try_files modules).
 */
public final class FilesPlugin implements Plugin {
    @Override
    public String id() {
        return "files";
    }

    @Override
    public void configure(PluginBinder binder) {
        LocationPart<FilesConf> part = LocationPart.of(new FilesReader(binder.prefix())::read);
        binder.perWorker(FilesWorker.KEY, FilesWorker::new);
        HttpBinder http = HttpBinder.of(binder)
                .settings(FilesSettings.KEY)
                .part(part)
                .sendsFiles()
                .phase(Phase.PRECONTENT, "try-files", worker -> new TryFilesHandler(worker.get(FilesWorker.KEY), part))
                .otherwise("files", location -> content(location, part))
                .sendsFiles();
        FileVariables.claim(http, part);
    }

    private static @Nullable ContentFactory content(LocationView location, LocationPart<FilesConf> part) {
        FilesConf conf = location.part(part);
        return conf.place() == null ? null : worker -> new FilesHandler(worker.get(FilesWorker.KEY), conf);
    }
}
