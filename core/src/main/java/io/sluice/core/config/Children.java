package io.sluice.core.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sections that were read below one, so that all its readers share them. */
final class Children {

    /** As what a key is read. One that is read in two ways has sections for each. */
    enum Form {
        GROUP,
        LIST,
        ENTRIES
    }

    private final Map<Form, Map<String, List<Section>>> byForm = new EnumMap<>(Form.class);

    /** Null if it was not read in this form. */
    @Nullable
    List<Section> read(Form form, String key) {
        Map<String, List<Section>> ofForm = byForm.get(form);
        return ofForm == null ? null : ofForm.get(key);
    }

    List<Section> keep(Form form, String key, List<Section> read) {
        List<Section> kept = List.copyOf(read);
        byForm.computeIfAbsent(form, _ -> new HashMap<>()).put(key, kept);
        if (read(Form.ENTRIES, key) != null) {
            // The names of entries are the user's own, so who reads the same object in another way knows them all.
            declareAll(read(Form.GROUP, key));
            declareAll(read(Form.LIST, key));
        }
        return kept;
    }

    private static void declareAll(@Nullable List<Section> sections) {
        if (sections != null) {
            for (Section section : sections) {
                section.declare(section.keys());
            }
        }
    }

    /** Whether the key was read in any form. */
    boolean hasRead(String key) {
        return byForm.values().stream().anyMatch(ofForm -> ofForm.containsKey(key));
    }

    /** All there are, in no order. */
    List<Section> all() {
        List<Section> all = new ArrayList<>();
        for (Map<String, List<Section>> ofForm : byForm.values()) {
            ofForm.values().forEach(all::addAll);
        }
        return all;
    }
}
