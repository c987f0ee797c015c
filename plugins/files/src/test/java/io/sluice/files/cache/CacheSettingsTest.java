package io.sluice.files.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sluice.core.log.IoFault;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What min-uses and errors change. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CacheSettingsTest {
    private static final Duration INACTIVE = Duration.ofSeconds(60);
    private static final Duration VALID = Duration.ofSeconds(30);

    private final CacheRig rig = new CacheRig(CacheRig.keeping(3));
    private final Disk disk = rig.disk;

    @Test
    void a_file_stays_open_only_from_its_least_number_of_uses() {
        CacheRig often = new CacheRig(new CacheSettings(9, INACTIVE, VALID, 3, false));
        often.disk.put("/a", 5, 7);
        for (int use = 1; use <= 3; use++) {
            KnownFile file = often.open("/a");
            assertNotNull(file);
            assertEquals(5, file.file().size());
            assertEquals(use, often.disk.opens);
            often.cache.release(file);
            assertEquals(use < 3 ? 0 : 1, often.disk.openNow());
        }
        often.use("/a");
        assertEquals(3, often.disk.opens);
        assertEquals(1, often.cache.size());
    }

    @Test
    void a_file_taken_away_between_two_uses_below_the_least_number_is_missing() {
        CacheRig often = new CacheRig(new CacheSettings(9, INACTIVE, VALID, 3, false));
        often.disk.put("/a", 5, 7);
        often.use("/a");
        often.disk.files.remove("/a");
        assertNull(often.open("/a"));
        assertEquals(0, often.cache.size());
    }

    @Test
    void that_a_file_is_missing_is_kept_only_if_asked_for() {
        assertNull(rig.open("/a"));
        assertNull(rig.open("/a"));
        assertEquals(2, disk.opens);
        assertEquals(0, rig.cache.size());

        CacheRig all = new CacheRig(new CacheSettings(9, INACTIVE, VALID, 1, true));
        all.disk.faults.put("/locked", IoFault.ACCESS);
        for (int i = 0; i < 3; i++) {
            assertNull(all.open("/a"));
            assertEquals(IoFault.NO_SUCH_FILE, all.cache.fault());
            assertNull(all.open("/locked"));
            assertEquals(IoFault.ACCESS, all.cache.fault());
        }
        assertEquals(2, all.disk.opens);
        all.disk.put("/a", 1, 1);
        assertNull(all.open("/a"));
        all.pass(30);
        assertEquals(1, all.use("/a").size());
    }

    @Test
    void a_lack_of_descriptors_says_nothing_of_a_file() {
        CacheRig all = new CacheRig(new CacheSettings(9, INACTIVE, VALID, 1, true));
        all.disk.put("/a", 1, 1);
        all.disk.faults.put("/a", IoFault.NO_DESCRIPTORS);
        assertNull(all.open("/a"));
        all.disk.faults.clear();
        assertEquals(1, all.use("/a").size());
    }
}
