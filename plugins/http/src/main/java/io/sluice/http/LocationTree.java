package io.sluice.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The locations of one server: an exact path wins, else the longest prefix (ngx_http_core_find_location). Those with a name
 * are found by it only. Immutable.
 */
final class LocationTree {
    private final LocationConf[] exact;
    private final LocationConf[] prefixes;
    private final LocationConf[] named;

    LocationTree(List<LocationConf> locations) {
        List<LocationConf> exacts = new ArrayList<>();
        List<LocationConf> others = new ArrayList<>();
        List<LocationConf> names = new ArrayList<>();
        for (LocationConf location : locations) {
            (location.isNamed() ? names : location.exact() ? exacts : others).add(location);
        }
        Comparator<LocationConf> longestFirst = Comparator.comparingInt(location -> -location.path().length);
        others.sort(longestFirst);
        exact = exacts.toArray(LocationConf[]::new);
        prefixes = others.toArray(LocationConf[]::new);
        named = names.toArray(LocationConf[]::new);
    }

    List<LocationConf> all() {
        List<LocationConf> all = new ArrayList<>(List.of(exact));
        all.addAll(List.of(prefixes));
        all.addAll(List.of(named));
        return all;
    }

    /** @param path bytes of the normalised path, from {@code from} on */
    @Nullable
    LocationConf find(byte[] path, int from, int length) {
        for (LocationConf location : exact) {
            if (location.path().length == length && startsWith(path, from, location.path())) {
                return location;
            }
        }
        for (LocationConf location : prefixes) {
            if (location.path().length <= length && startsWith(path, from, location.path())) {
                return location;
            }
        }
        return null;
    }

    /** The location of a name that begins with {@code @}. */
    @Nullable
    LocationConf named(String name) {
        for (LocationConf location : named) {
            if (location.name().equals(name)) {
                return location;
            }
        }
        return null;
    }

    private static boolean startsWith(byte[] path, int from, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (path[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
