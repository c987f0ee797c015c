package io.sluice.files.listing;

import java.nio.charset.StandardCharsets;

/** Names of files as text. What cannot be shown, as it is not UTF-8 or a control character, is shown as U+FFFD. */
final class NameText {
    private static final char REPLACEMENT = '\ufffd';

    private NameText() {}

    /** For people: no line of a list can be broken by a name. */
    static String shown(byte[] name) {
        String text = decoded(name);
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean hidden = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            shown.appendCodePoint(hidden ? REPLACEMENT : c);
        });
        return shown.toString();
    }

    /** For programs: whatever is UTF-8 is kept. */
    static String decoded(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    /** Text in HTML, and in its attributes. */
    static void escapeHtml(String text, StringBuilder to) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                case '&' -> to.append("&amp;");
                case '"' -> to.append("&quot;");
                case '\'' -> to.append("&#39;");
                default -> to.append(c);
            }
        }
    }
}
