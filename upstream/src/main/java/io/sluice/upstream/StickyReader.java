package io.sluice.upstream;

import io.sluice.core.config.Section;
import io.sluice.upstream.sticky.Stickiness;
import io.sluice.upstream.sticky.StickinessBinding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the group {@code sticky} of an upstream: a single key, which is the name of what a plugin brought. */
final class StickyReader {
    private static final String KEY = "sticky";

    private StickyReader() {}

    /** Answers null if there is none, or if something is wrong, which is reported. */
    static @Nullable Stickiness read(Section upstream, Brought<StickinessBinding> brought) {
        if (!upstream.has(KEY)) {
            return null;
        }
        Section section = upstream.section(KEY);
        List<String> chosen = new ArrayList<>();
        for (String name : brought.names()) {
            if (section.has(name)) {
                chosen.add(name);
            }
        }
        if (chosen.isEmpty()) {
            // So that who mistyped one is told which is near.
            brought.names().forEach(section::value);
            upstream.problem(
                    KEY,
                    brought.names().isEmpty()
                            ? "no plugin brings a way to be sticky"
                            : "must be one of " + String.join(", ", brought.names()));
        } else if (chosen.size() > 1) {
            upstream.problem(KEY, "must be one of " + String.join(", ", chosen) + ", not several");
        }
        // Each is read, so that all that is wrong is told at once.
        Stickiness first = null;
        for (String name : chosen) {
            StickinessBinding binding = brought.find(name);
            if (binding != null) {
                Stickiness made = binding.maker().make(upstream.name(), section);
                first = first == null ? made : first;
            }
        }
        return first;
    }
}
