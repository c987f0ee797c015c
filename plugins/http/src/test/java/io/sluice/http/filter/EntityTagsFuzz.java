package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For a fuzzer: a list has just the tags that a second, slow reading of RFC 9110, 8.8.3 and 13.1, finds before it breaks. */
final class EntityTagsFuzz {
    private static final Pattern NEXT =
            Pattern.compile("[ \\t,]*+((?:W/(?=.))?)(\"[^\"]*\")[ \\t]*+(?=,|$)", Pattern.DOTALL);
    private static final Pattern LAST = Pattern.compile("[ \\t,]*+((?:W/(?=.))?)(\"[^\"]*\")", Pattern.DOTALL);
    private static final String[] TAGS = {"\"a\"", "W/\"a\"", "\"\"", "\"65-4f\"", "\",\""};

    private EntityTagsFuzz() {}

    public static void fuzzerTestOneInput(byte[] list) {
        String text = new String(list, StandardCharsets.ISO_8859_1);
        for (String tag : TAGS) {
            check(list, text, tag);
        }
        // A tag of this list's own making, so that bytes no tag of ours has are compared too.
        Matcher first = LAST.matcher(text);
        if (first.lookingAt()) {
            check(list, text, first.group(2));
        }
        assertEquals(text.equals("*"), EntityTags.isAny(list, list.length));
    }

    private static void check(byte[] list, String text, String tag) {
        byte[] own = tag.getBytes(StandardCharsets.ISO_8859_1);
        byte[] longer = Arrays.copyOf(list, list.length + 8);
        System.arraycopy("\",\"a\", ".getBytes(StandardCharsets.ISO_8859_1), 0, longer, list.length, 7);
        boolean weakly = slowly(text, tag, true);
        boolean strongly = slowly(text, tag, false);
        assertEquals(weakly, EntityTags.hasWeakly(list, list.length, own));
        assertEquals(strongly, EntityTags.hasStrongly(list, list.length, own));
        assertEquals(weakly, EntityTags.hasWeakly(longer, list.length, own));
        assertEquals(strongly, EntityTags.hasStrongly(longer, list.length, own));
    }

    private static boolean slowly(String list, String tag, boolean weakly) {
        boolean weak = tag.startsWith("W/");
        String opaque = weak ? tag.substring(2) : tag;
        int at = 0;
        while (true) {
            Matcher next = LAST.matcher(list).region(at, list.length());
            if (!next.lookingAt()) {
                return false;
            }
            boolean strong = next.group(1).isEmpty() && !weak;
            if ((weakly || strong) && next.group(2).equals(opaque)) {
                return true;
            }
            Matcher whole = NEXT.matcher(list).region(at, list.length());
            if (!whole.lookingAt()) {
                return false;
            }
            at = whole.end();
        }
    }
}
