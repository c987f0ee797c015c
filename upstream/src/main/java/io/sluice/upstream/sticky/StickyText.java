package io.sluice.upstream.sticky;

import io.sluice.core.config.Section;

/**
 * A text with variables of whoever serves the requests.
 *
 * @param text as the configuration writes it
 * @param key the setting, for messages
 * @param section where it stands
 */
public record StickyText(String text, String key, Section section) {
    /** Reports at the line of the setting what is wrong with the text. */
    public void problem(String message) {
        section.problem(key, message);
    }
}
