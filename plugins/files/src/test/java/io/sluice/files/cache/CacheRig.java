package io.sluice.files.cache;

import io.sluice.core.file.LinkRule;
import io.sluice.core.time.CachedTime;
import io.sluice.testkit.time.HandClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A cache on a disk and a clock of the test's. */
final class CacheRig {
    final Disk disk = new Disk();
    final HandClock clock = new HandClock();
    final CachedTime time = new CachedTime(clock, ZoneOffset.UTC);
    final FileCache cache;

    CacheRig(CacheSettings settings) {
        cache = new FileCache(settings, disk, time, 0x1234_5678_9abc_def0L);
    }

    static CacheSettings keeping(int max) {
        return new CacheSettings(max, Duration.ofSeconds(60), Duration.ofSeconds(30), 1, false);
    }

    @Nullable
    KnownFile open(String name) {
        return open(name, LinkRule.FOLLOW);
    }

    @Nullable
    KnownFile open(String name, LinkRule rule) {
        // With something behind it, as in the buffer of a worker.
        byte[] bytes = (name + "#").getBytes(StandardCharsets.ISO_8859_1);
        return cache.open(bytes, bytes.length - 1, rule);
    }

    /** Opens a file and gives it back at once. */
    KnownFile use(String name) {
        KnownFile file = open(name);
        if (file == null) {
            throw new AssertionError(name + " could not be opened: " + cache.fault());
        }
        cache.release(file);
        return file;
    }

    void pass(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        time.update();
    }
}
