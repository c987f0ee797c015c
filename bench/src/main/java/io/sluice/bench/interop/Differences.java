package io.sluice.bench.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two answers to one request differ. */
final class Differences {

    /** Not the same at two times, or in two servers. */
    private static final Set<String> NOT_COMPARED = Set.of("date", "server");

    private Differences() {}

    static List<Difference> between(Answer nginx, Answer sluice) {
        List<Difference> all = new ArrayList<>();
        compare("status", nginx.status(), sluice.status(), all);
        // The text of an error and the look of a list are each server's own.
        boolean ownText = !nginx.status().startsWith("HTTP/1.1 2") || nginx.isPage();
        Set<String> names = new TreeSet<>(nginx.headers().keySet());
        names.addAll(sluice.headers().keySet());
        names.removeAll(NOT_COMPARED);
        for (String name : names) {
            if (!(ownText && name.equals("content-length"))) {
                compare(
                        name,
                        nginx.headers().getOrDefault(name, Difference.NONE),
                        sluice.headers().getOrDefault(name, Difference.NONE),
                        all);
            }
        }
        if (nginx.isPage()) {
            compare("links", nginx.links(), sluice.links(), all);
        } else if (ownText) {
            compare("body", bodyOrNone(nginx), bodyOrNone(sluice), all);
        } else {
            compare("body", nginx.body(), sluice.body(), all);
        }
        return all;
    }

    private static String bodyOrNone(Answer answer) {
        return answer.body().isEmpty() ? Difference.NONE : "some";
    }

    private static void compare(String what, String nginx, String sluice, List<Difference> all) {
        if (!nginx.equals(sluice)) {
            all.add(new Difference(what, nginx, sluice));
        }
    }
}
