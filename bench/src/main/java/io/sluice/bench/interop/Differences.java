package io.sluice.bench.interop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Where two answers to one request differ. */
final class Differences {

    /** Not the same at two times, or in two servers. */
    private static final Set<String> NOT_COMPARED = Set.of("date", "server");

    private static final int LONGEST = 60;

    private Differences() {}

    /** @return by what differs: "status", the name of a header, or "body" */
    static Map<String, String> between(Answer nginx, Answer sluice) {
        Map<String, String> all = new LinkedHashMap<>();
        compare("status", nginx.status(), sluice.status(), all);
        // The text of an error and the look of a list are each server's own.
        boolean ownText = !nginx.status().startsWith("HTTP/1.1 2") || nginx.isPage();
        Set<String> names = new TreeSet<>(nginx.headers().keySet());
        names.addAll(sluice.headers().keySet());
        names.removeAll(NOT_COMPARED);
        for (String name : names) {
            if (!(ownText && name.equals("content-length"))) {
                String none = "(none)";
                compare(
                        name,
                        nginx.headers().getOrDefault(name, none),
                        sluice.headers().getOrDefault(name, none),
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
        return answer.body().isEmpty() ? "(none)" : "some";
    }

    private static void compare(String what, String nginx, String sluice, Map<String, String> all) {
        if (!nginx.equals(sluice)) {
            all.put(what, "nginx: " + shown(nginx) + ", Sluice: " + shown(sluice));
        }
    }

    private static String shown(String text) {
        String visible = text.replace("\r", "\\r").replace("\n", "\\n");
        return visible.length() <= LONGEST
                ? visible
                : visible.substring(0, LONGEST) + "… (" + text.length() + " bytes)";
    }
}
