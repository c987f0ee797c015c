package io.sluice.files;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.http.HttpLevels;
import io.sluice.http.HttpRequest;
import io.sluice.http.LocationView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a location's files: {@code root}, to which the whole path is added, or {@code alias}, to which is added what follows the
 * location's path. Immutable, shared by all workers.
 */
final class Place {
    private final byte[] before;
    private final Template<HttpRequest> folder;
    private final byte @Nullable [] constant;
    private final byte[] location;
    private final boolean alias;

    private Place(byte[] before, Template<HttpRequest> folder, byte[] location, boolean alias) {
        this.before = before;
        this.folder = folder;
        this.location = location;
        this.alias = alias;
        this.constant = folder.isConstant() ? withoutSlash(joined(before, folder.constantBytes())) : null;
    }

    /** Answers null if neither root nor alias is there, or if what is there is wrong, which has been reported. */
    static @Nullable Place read(LocationView location, FilesSettings settings, Path prefix) {
        boolean alias = settings.alias().isPresent();
        if (!alias && settings.root().isEmpty()) {
            return null;
        }
        if (alias && !location.section().level().equals(HttpLevels.LOCATION)) {
            location.problem("alias", "belongs to a location: it takes the place of its path");
            return null;
        }
        if (alias && location.section().has("root")) {
            location.problem("alias", "stands in the place of root, which this location has as well");
            return null;
        }
        String key = alias ? "alias" : "root";
        String text = alias ? settings.alias().get() : settings.root().orElse("");
        if (text.isEmpty()) {
            location.problem(key, "is empty");
            return null;
        }
        Template<HttpRequest> folder = location.template(key, text);
        if (!folder.isConstant() && FolderCheck.isOdd(text)) {
            location.problem(key, "a folder with variables cannot have the names . or .. or an empty one in it");
            return null;
        }
        if (FileVariables.areIn(folder)) {
            location.problem(key, "cannot hold the name that is made of it");
            return null;
        }
        // Who begins with a variable says where the folder begins, as in nginx.
        boolean relative = text.charAt(0) != '/' && text.charAt(0) != '$';
        String before = relative ? prefix.toAbsolutePath() + "/" : "";
        return new Place(
                before.getBytes(StandardCharsets.UTF_8),
                folder,
                location.path().getBytes(StandardCharsets.UTF_8),
                alias);
    }

    boolean isAlias() {
        return alias;
    }

    /** The location's path; lent. */
    byte[] location() {
        return location;
    }

    /**
     * Puts the folder without a slash at its end.
     *
     * @return where it ends, or -1 if it is too long or a variable made an odd name
     */
    int put(HttpRequest request, byte[] into) {
        byte[] known = constant;
        if (known != null) {
            System.arraycopy(known, 0, into, 0, Math.min(known.length, into.length));
            return known.length <= into.length ? known.length : -1;
        }
        BytesSink sink = request.evaluate(folder);
        int length = before.length + sink.count();
        if (length > into.length) {
            return -1;
        }
        System.arraycopy(before, 0, into, 0, before.length);
        System.arraycopy(sink.array(), 0, into, before.length, sink.count());
        if (length == 0 || into[0] != '/' || FolderCheck.isOdd(into, before.length, length)) {
            return -1;
        }
        return into[length - 1] == '/' ? length - 1 : length;
    }

    /** Appends the folder, for a variable. */
    void write(HttpRequest request, BytesSink out) {
        byte[] known = constant;
        if (known != null) {
            out.put(known);
        } else {
            out.put(before);
            folder.evaluate(request, out);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] withoutSlash(byte[] folder) {
        int end = folder.length;
        while (end > 0 && folder[end - 1] == '/') {
            end--;
        }
        return Arrays.copyOf(folder, end);
    }
}
