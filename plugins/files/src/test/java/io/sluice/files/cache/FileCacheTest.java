package io.sluice.files.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.FileKind;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import io.sluice.testkit.heap.Allocated;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileCacheTest {
    private final CacheRig rig = new CacheRig(CacheRig.keeping(3));
    private final Disk disk = rig.disk;

    @Test
    void without_a_cache_each_use_opens_once_looks_never_and_closes() {
        CacheRig none = new CacheRig(CacheSettings.OFF);
        none.disk.put("/a", 5, 7);
        for (int i = 1; i <= 3; i++) {
            KnownFile file = none.open("/a");
            assertNotNull(file);
            assertEquals(1, none.disk.openNow());
            none.cache.release(file);
            assertEquals(0, none.disk.openNow());
            assertEquals(i, none.disk.opens);
        }
        assertEquals(0, none.disk.looks);
        assertNull(none.open("/b"));
        assertEquals(IoFault.NO_SUCH_FILE, none.cache.fault());
    }

    @Test
    void a_file_that_is_asked_for_again_is_not_opened_again() {
        disk.put("/a", 5, 7);
        KnownFile first = rig.use("/a");
        assertSame(first, rig.use("/a"));
        assertEquals(5, first.size());
        assertEquals(7, first.modifiedSeconds());
        assertArrayEquals("\"7-5\"".getBytes(StandardCharsets.US_ASCII), first.entityTag());
        assertSame(first.entityTag(), first.entityTag());
        assertEquals(1, disk.opens);
        assertEquals(0, disk.looks);
        assertEquals(1, disk.openNow());
    }

    @Test
    void two_users_of_a_file_share_it() {
        disk.put("/a", 5, 7);
        KnownFile one = rig.open("/a");
        KnownFile two = rig.open("/a");
        assertNotNull(one);
        assertSame(one, two);
        assertEquals(1, disk.openNow());
        rig.cache.release(one);
        rig.cache.release(one);
        assertEquals(1, disk.openNow());
    }

    @Test
    void after_its_time_a_file_is_looked_at_and_kept_if_it_is_the_same() {
        disk.put("/a", 5, 7);
        KnownFile first = rig.use("/a");
        rig.pass(29);
        rig.use("/a");
        assertEquals(0, disk.looks);
        rig.pass(1);
        assertSame(first, rig.use("/a"));
        assertEquals(1, disk.looks);
        assertEquals(1, disk.opens);
        rig.use("/a");
        assertEquals(1, disk.looks);
    }

    @Test
    void a_file_that_grew_in_its_place_is_known_to_after_its_time() {
        disk.put("/a", 5, 7);
        KnownFile first = rig.use("/a");
        assertEquals("\"7-5\"", tag(first));
        disk.change("/a", 16, 8);
        assertEquals(5, rig.use("/a").size());
        rig.pass(30);
        KnownFile later = rig.use("/a");
        assertSame(first, later);
        assertEquals(16, later.size());
        assertEquals("\"8-10\"", tag(later));
        assertEquals(1, disk.opens);
    }

    @Test
    void a_file_that_was_replaced_is_noticed_after_its_time_and_closed_after_its_last_user() {
        disk.put("/a", 5, 7);
        KnownFile old = rig.open("/a");
        assertNotNull(old);
        disk.put("/a", 6, 7);
        rig.pass(30);
        KnownFile next = rig.use("/a");
        assertNotSame(old, next);
        assertEquals(6, next.size());
        assertEquals(2, disk.openNow());
        rig.cache.release(old);
        assertEquals(1, disk.openNow());
        assertEquals(1, rig.cache.size());
    }

    @Test
    void a_file_that_was_taken_away_is_missing_after_its_time() {
        disk.put("/a", 5, 7);
        rig.use("/a");
        disk.files.remove("/a");
        rig.use("/a");
        rig.pass(30);
        assertNull(rig.open("/a"));
        assertEquals(IoFault.NO_SUCH_FILE, rig.cache.fault());
        assertEquals(0, disk.openNow());
        assertEquals(0, rig.cache.size());
    }

    @Test
    void the_one_used_least_recently_makes_room() {
        for (String name : new String[] {"/a", "/b", "/c"}) {
            disk.put(name, 1, 1);
            rig.use(name);
        }
        rig.use("/a");
        disk.put("/d", 1, 1);
        rig.use("/d");
        assertEquals(3, rig.cache.size());
        assertEquals(3, disk.openNow());
        int before = disk.opens;
        rig.use("/a");
        rig.use("/c");
        rig.use("/d");
        assertEquals(before, disk.opens);
        rig.use("/b");
        assertEquals(before + 1, disk.opens);
    }

    @Test
    void who_makes_room_while_it_is_used_is_closed_after_its_last_user() {
        disk.put("/a", 1, 1);
        KnownFile used = rig.open("/a");
        assertNotNull(used);
        for (String name : new String[] {"/b", "/c", "/d"}) {
            disk.put(name, 1, 1);
            rig.use(name);
        }
        assertEquals(3, rig.cache.size());
        assertEquals(4, disk.openNow());
        assertFalse(disk.opened.getFirst().closed);
        rig.cache.release(used);
        assertTrue(disk.opened.getFirst().closed);
    }

    @Test
    void what_nobody_asked_for_is_forgotten() {
        disk.put("/a", 1, 1);
        disk.put("/b", 1, 1);
        rig.use("/a");
        rig.pass(60);
        rig.use("/b");
        assertEquals(2, rig.cache.size());
        rig.pass(1);
        rig.use("/b");
        assertEquals(1, rig.cache.size());
        assertEquals(1, disk.openNow());
    }

    @Test
    void folders_are_known_but_not_open() {
        disk.folder("/d");
        for (int i = 0; i < 2; i++) {
            assertEquals(FileKind.DIRECTORY, rig.use("/d").kind());
        }
        assertEquals(1, disk.opens);
        assertEquals(0, disk.openNow());
    }

    @Test
    void whoever_only_wants_to_know_what_is_there_opens_what_will_be_kept() {
        disk.put("/a", 5, 7);
        assertEquals(FileKind.REGULAR, rig.cache.kind(new byte[] {'/', 'a'}, 2, LinkRule.FOLLOW));
        rig.use("/a");
        assertEquals(1, disk.opens);
        assertEquals(0, disk.looks);

        CacheRig none = new CacheRig(CacheSettings.OFF);
        none.disk.put("/a", 5, 7);
        assertEquals(FileKind.REGULAR, none.cache.kind(new byte[] {'/', 'a'}, 2, LinkRule.FOLLOW));
        assertNull(none.cache.kind(new byte[] {'/', 'b'}, 2, LinkRule.FOLLOW));
        assertEquals(IoFault.NO_SUCH_FILE, none.cache.fault());
        assertEquals(0, none.disk.opens);
        assertEquals(2, none.disk.looks);
    }

    @Test
    void another_rule_for_links_is_not_answered_from_what_the_first_allowed() {
        disk.put("/a", 5, 7);
        rig.use("/a");
        disk.faults.put("/a", IoFault.TOO_MANY_LINKS);
        assertNull(rig.open("/a", LinkRule.REFUSE));
        assertEquals(IoFault.TOO_MANY_LINKS, rig.cache.fault());
    }

    @Test
    void the_end_closes_what_is_unused_and_the_last_user_the_rest() {
        disk.put("/a", 1, 1);
        disk.put("/b", 1, 1);
        rig.use("/a");
        KnownFile used = rig.open("/b");
        assertNotNull(used);
        rig.cache.close();
        assertEquals(1, disk.openNow());
        rig.cache.release(used);
        assertEquals(0, disk.openNow());
    }

    @Test
    void a_steady_use_of_a_known_file_makes_no_garbage() {
        disk.put("/srv/www/index.html", 5, 7);
        byte[] name = "/srv/www/index.html".getBytes(StandardCharsets.US_ASCII);
        long bytes = Allocated.by(() -> use(name, 1000));
        assertTrue(bytes < 1000, bytes + " bytes for 1000 uses");
    }

    private void use(byte[] name, int times) {
        for (int i = 0; i < times; i++) {
            KnownFile file = rig.cache.open(name, name.length, LinkRule.FOLLOW);
            if (file == null || file.entityTag().length != 5) {
                throw new AssertionError("the file is there");
            }
            rig.cache.release(file);
        }
    }

    private static String tag(KnownFile file) {
        return new String(file.entityTag(), StandardCharsets.US_ASCII);
    }
}
