package io.sluice.event.epoll;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sluice.core.buffer.OpenFile;
import io.sluice.core.file.LinkRule;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.LinksContract;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EpollFilesTest extends LinksContract {
    @Override
    protected DriverFactory factory() {
        return new EpollDriverFactory();
    }

    /** What was never read is in no memory, be it a hole. */
    @Test
    void a_range_that_was_never_read_is_known_not_to_be_in_memory() throws Exception {
        assumeFalse(Files.getFileStore(folder()).type().equals("tmpfs"), "there everything is in memory");
        Path path = folder().resolve("sparse");
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(10_000_000);
        }
        OpenFile file = opened(path, LinkRule.FOLLOW);
        assertFalse(file.isLoaded(0, 1));
        assertFalse(file.isLoaded(5_000_000, 100_000));
        assertTrue(file.load(4_999_999, 100_001));
        assertTrue(file.isLoaded(5_000_000, 100_000));
        assertFalse(file.isLoaded(5_000_000, 5_000_000));
        assertTrue(file.isLoaded(10_000_000, 5));
    }
}
