package io.sluice.files;

import io.sluice.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of the file that a request asks for, as bytes that the system takes (ngx_http_map_uri_to_path). One per worker: what it
 * holds is good until the next request is asked for its name.
 *
 * <p>No name it has made leaves the folder by its parts; links are the business of who opens it.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class FileName {
    /** PATH_MAX without its zero; a longer name is no file's. */
    static final int MOST = 4095;

    /** What became of a path. */
    enum Mapped {
        /** It is a name in the folder. */
        INSIDE,
        /** It would leave the folder. */
        OUTSIDE,
        TOO_LONG
    }

    private final byte[] path = new byte[MOST];
    private final byte[] name = new byte[MOST];
    private int pathLength;
    private int length;
    private int folderLength;

    /** Takes the request's own path. */
    Mapped map(HttpRequest request, Place place) {
        pathLength = request.pathLength();
        if (pathLength > MOST) {
            pathLength = 0;
            return Mapped.TOO_LONG;
        }
        request.getPath(path, 0);
        return mapPath(request, place);
    }

    /** Takes another path: below an alias also one that does not begin with the location's. */
    Mapped map(HttpRequest request, Place place, byte[] other, int otherLength) {
        byte[] location = place.location();
        pathLength = 0;
        boolean foreign = place.isAlias() && !startsWith(other, otherLength, location);
        boolean fits;
        if (foreign) {
            int from = otherLength > 0 && other[0] == '/' ? 1 : 0;
            fits = putPath(location, 0, location.length) && putSlash() && putPath(other, from, otherLength);
        } else {
            fits = (otherLength > 0 && other[0] == '/' || putSlash()) && putPath(other, 0, otherLength);
        }
        return fits ? mapPath(request, place) : Mapped.TOO_LONG;
    }

    private Mapped mapPath(HttpRequest request, Place place) {
        length = place.put(request, name);
        folderLength = length;
        if (length < 0) {
            length = 0;
            return Mapped.OUTSIDE;
        }
        int from = 0;
        if (place.isAlias()) {
            from = place.location().length;
            if (from > pathLength) {
                return Mapped.OUTSIDE;
            }
            // What follows the location is a name of its own: it is never glued to the folder's.
            boolean needsSlash = from < pathLength ? path[from] != '/' : isFolder();
            if (needsSlash && !append((byte) '/')) {
                return Mapped.TOO_LONG;
            }
        }
        if (!append(path, from, pathLength)) {
            return Mapped.TOO_LONG;
        }
        return FolderCheck.hasDots(name, folderLength, length) ? Mapped.OUTSIDE : Mapped.INSIDE;
    }

    /** Whether the path ends with a slash. */
    boolean isFolder() {
        return pathLength > 0 && path[pathLength - 1] == '/';
    }

    /** Adds a name below the folder that this is, which its caller has checked. Answers false if that is too long. */
    boolean append(byte[] below) {
        return append(below, 0, below.length);
    }

    /** Takes back what was added. */
    void truncate(int toLength) {
        length = toLength;
    }

    /** Lent; {@link #length()} bytes of it. */
    byte[] bytes() {
        return name;
    }

    int length() {
        return length;
    }

    /** The path that the name was made of. Lent; {@link #pathLength()} bytes of it. */
    byte[] path() {
        return path;
    }

    int pathLength() {
        return pathLength;
    }

    byte[] toBytes() {
        return Arrays.copyOf(name, length);
    }

    /** The path, one char for each byte. */
    String pathText() {
        return new String(path, 0, pathLength, StandardCharsets.ISO_8859_1);
    }

    private boolean append(byte[] bytes, int from, int to) {
        if (to - from > MOST - length) {
            return false;
        }
        System.arraycopy(bytes, from, name, length, to - from);
        length += to - from;
        return true;
    }

    private boolean append(byte one) {
        if (length == MOST) {
            return false;
        }
        name[length++] = one;
        return true;
    }

    private boolean putPath(byte[] bytes, int from, int to) {
        if (to - from > MOST - pathLength) {
            return false;
        }
        System.arraycopy(bytes, from, path, pathLength, to - from);
        pathLength += to - from;
        return true;
    }

    /** Ends the path with a slash. */
    private boolean putSlash() {
        if (isFolder()) {
            return true;
        }
        if (pathLength == MOST) {
            return false;
        }
        path[pathLength++] = '/';
        return true;
    }

    private static boolean startsWith(byte[] bytes, int count, byte[] start) {
        return count >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
