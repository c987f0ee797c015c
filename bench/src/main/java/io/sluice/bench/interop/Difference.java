package io.sluice.bench.interop;

/**
 * What two answers to one request do not have in common.
 *
 * @param what "status", "body", "links" or the name of a header
 */
record Difference(String what, String nginx, String sluice) {

    static final String NONE = "(none)";

    private static final int LONGEST = 60;

    @Override
    public String toString() {
        return what + ": nginx: " + shown(nginx) + ", Sluice: " + shown(sluice);
    }

    private static String shown(String text) {
        String visible = text.replace("\r", "\\r").replace("\n", "\\n");
        return visible.length() <= LONGEST
                ? visible
                : visible.substring(0, LONGEST) + "… (" + text.length() + " bytes)";
    }
}
