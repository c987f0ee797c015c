package io.sluice.files;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpRequest;
import io.sluice.http.LocationPart;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables of a request's file, with nginx's names. */
final class FileVariables {
    private static final String DOCUMENT_ROOT = "document_root";
    private static final String REQUEST_FILENAME = "request_filename";
    private static final Set<String> NAMES = Set.of(DOCUMENT_ROOT, REQUEST_FILENAME);

    private final LocationPart<FilesConf> part;

    private FileVariables(LocationPart<FilesConf> part) {
        this.part = part;
    }

    static void claim(HttpBinder http, LocationPart<FilesConf> part) {
        FileVariables variables = new FileVariables(part);
        http.variable(DOCUMENT_ROOT, variables::documentRoot).variable(REQUEST_FILENAME, variables::requestFilename);
    }

    /** Whether a folder is named by them, who are named by it. */
    static boolean areIn(Template<HttpRequest> folder) {
        return folder.parts().stream()
                .anyMatch(part ->
                        part instanceof Template.Value<HttpRequest>(var variable) && NAMES.contains(variable.name()));
    }

    private boolean documentRoot(HttpRequest request, BytesSink out) {
        Place place = place(request);
        if (place == null) {
            return false;
        }
        place.write(request, out);
        return true;
    }

    private boolean requestFilename(HttpRequest request, BytesSink out) {
        Place place = place(request);
        if (place == null) {
            return false;
        }
        place.write(request, out);
        byte[] path = new byte[request.pathLength()];
        request.getPath(path, 0);
        int from = place.isAlias() ? Math.min(path.length, place.location().length) : 0;
        if (from > 0 && from < path.length && path[from] != '/') {
            out.put((byte) '/');
        }
        out.put(path, from, path.length - from);
        return true;
    }

    private @Nullable Place place(HttpRequest request) {
        return request.part(part).place();
    }
}
