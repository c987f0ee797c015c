package io.sluice.files.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random uses, changes of the files and of the time, beside a model; the name of a failing test is the seed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileCacheModelTest {
    private static final int STEPS = 20_000;

    private record Use(KnownFile real, CacheModel.Known model) {}

    private final List<Use> uses = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void the_cache_knows_and_keeps_open_what_the_model_does(long seed) {
        Random random = new Random(seed);
        CacheSettings settings = new CacheSettings(
                1 + random.nextInt(6),
                Duration.ofSeconds(1 + random.nextInt(20)),
                Duration.ofSeconds(random.nextInt(20)),
                1 + random.nextInt(3),
                random.nextBoolean());
        CacheRig rig = new CacheRig(settings);
        CacheModel model = new CacheModel(settings, rig.disk.files);
        for (int step = 0; step < STEPS; step++) {
            String name = "/" + (char) ('a' + random.nextInt(9));
            switch (random.nextInt(10)) {
                case 0 -> rig.disk.put(name, random.nextInt(100), random.nextInt(100));
                case 1 -> rig.disk.files.remove(name);
                case 2 -> rig.disk.folder(name);
                case 3 -> {
                    if (rig.disk.files.containsKey(name)) {
                        rig.disk.change(name, random.nextInt(100), random.nextInt(100));
                    }
                }
                case 4 -> rig.pass(random.nextInt(8));
                case 5, 6 -> release(rig, model, random);
                default -> open(rig, model, name);
            }
            assertEquals(model.openNow(), rig.disk.openNow(), () -> "descriptors");
            assertEquals(model.order.size(), rig.cache.size(), () -> "files known");
        }
        while (!uses.isEmpty()) {
            release(rig, model, random);
        }
        rig.cache.close();
        assertEquals(0, rig.disk.openNow());
    }

    private void open(CacheRig rig, CacheModel model, String name) {
        KnownFile real = rig.open(name);
        CacheModel.Known expected = model.open(name, rig.time.nanos());
        if (expected == null) {
            assertNull(real, name);
            return;
        }
        assertNotNull(real, name);
        assertEquals(expected.status.kind(), real.kind());
        assertEquals(expected.status.sizeBytes(), real.size());
        assertEquals(expected.status.modifiedSeconds(), real.modifiedSeconds());
        assertEquals(expected.open, real.isOpen());
        if (real.isOpen()) {
            assertEquals(expected.status.identity(), real.file().identity());
        }
        uses.add(new Use(real, expected));
    }

    /** Whoever uses a file has it open as long as it does. */
    private void release(CacheRig rig, CacheModel model, Random random) {
        if (uses.isEmpty()) {
            return;
        }
        Use use = uses.remove(random.nextInt(uses.size()));
        if (use.model.open) {
            assertFalse(((Disk.Opened) use.real.file()).closed);
        }
        rig.cache.release(use.real);
        model.release(use.model, rig.time.nanos());
    }
}
