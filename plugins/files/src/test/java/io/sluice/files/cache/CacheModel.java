package io.sluice.files.cache;

import io.sluice.core.buffer.FileKind;
import io.sluice.core.file.FileStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What nginx's open-file cache would know, as plainly as it can be said: a list in the order of use, and what each entry remembers.
 * Knows no descriptors: how many may be open follows from the entries and from who uses them.
 */
final class CacheModel {
    /** One name. */
    static final class Known {
        final String name;

        @Nullable
        FileStatus status;

        int uses;
        int users;
        boolean open;
        long checked;
        long used;

        Known(String name) {
            this.name = name;
        }
    }

    private final CacheSettings settings;
    private final Map<String, FileStatus> disk;
    final List<Known> order = new ArrayList<>();
    final Map<String, Known> byName = new HashMap<>();
    /** Forgotten, but still in use. */
    final List<Known> left = new ArrayList<>();

    CacheModel(CacheSettings settings, Map<String, FileStatus> disk) {
        this.settings = settings;
        this.disk = disk;
    }

    /** Answers what a use gets, or null if there is nothing. */
    @Nullable
    Known open(String name, long now) {
        Known known = byName.get(name);
        if (known != null) {
            known.uses++;
            known.used = now;
            order.remove(known);
            order.add(known);
            if (!holds(known, now)) {
                forget(known);
                known = null;
            }
        }
        if (known == null) {
            known = added(name, now);
        }
        for (int i = 0; i < 2; i++) {
            if (!order.isEmpty()
                    && now - order.getFirst().used > settings.inactive().toNanos()) {
                forget(order.getFirst());
            }
        }
        if (known == null || known.status == null) {
            return null;
        }
        known.users++;
        return known;
    }

    private boolean holds(Known known, long now) {
        boolean fresh = now - known.checked < settings.valid().toNanos();
        FileStatus there = disk.get(known.name);
        if (known.open) {
            if (fresh) {
                return true;
            }
            FileStatus seen = known.status;
            if (there == null || seen == null || there.identity() != seen.identity()) {
                return false;
            }
            known.status = there;
            known.checked = now;
            return true;
        }
        if (!fresh) {
            return false;
        }
        if (known.status == null || known.status.kind() != FileKind.REGULAR) {
            return true;
        }
        if (there == null) {
            return false;
        }
        known.status = there;
        known.open = there.kind() == FileKind.REGULAR;
        known.checked = now;
        return true;
    }

    private @Nullable Known added(String name, long now) {
        FileStatus there = disk.get(name);
        if (there == null && !settings.errors()) {
            return null;
        }
        if (order.size() == settings.max()) {
            forget(order.getFirst());
        }
        Known known = new Known(name);
        known.status = there;
        known.open = there != null && there.kind() == FileKind.REGULAR;
        known.uses = 1;
        known.checked = now;
        known.used = now;
        order.add(known);
        byName.put(name, known);
        return known;
    }

    void release(Known known, long now) {
        known.users--;
        if (left.contains(known)) {
            if (known.users == 0) {
                left.remove(known);
            }
            return;
        }
        if (known.users == 0) {
            known.used = now;
            order.remove(known);
            order.add(known);
            if (known.uses < settings.minUses()) {
                known.open = false;
            }
        }
    }

    private void forget(Known known) {
        order.remove(known);
        byName.remove(known.name);
        if (known.users > 0) {
            left.add(known);
        }
    }

    /** How many descriptors there are. */
    long openNow() {
        return order.stream().filter(known -> known.open).count()
                + left.stream().filter(known -> known.open).count();
    }
}
