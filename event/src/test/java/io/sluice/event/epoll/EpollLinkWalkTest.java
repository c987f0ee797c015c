package io.sluice.event.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.file.FileOpener;
import io.sluice.event.linux.LibC;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.LinksContract;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The way from folder to folder, for systems that cannot refuse links in one call. */
@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EpollLinkWalkTest extends LinksContract {
    private FileOpener walking;

    @Override
    protected DriverFactory factory() {
        return new EpollDriverFactory();
    }

    @BeforeEach
    void openWalking() {
        Arena arena = Arena.ofAuto();
        walking = new EpollFiles(slabs.nativeAccess(), arena, LibC.errno(arena), false);
    }

    @Override
    protected FileOpener files() {
        return walking;
    }

    @Test
    void the_part_that_is_left_alone_ends_between_two_components() {
        assertEquals(8, free("/var/www/index.html", "/var/www"));
        assertEquals(9, free("/var/www/index.html", "/var/www/"));
        assertEquals(0, free("/var/www2/index.html", "/var/www"));
        assertEquals(8, free("/var/www", "/var/www"));
        assertEquals(0, free("/var", "/var/www"));
        assertEquals(0, free("/var/www", ""));
        assertEquals(1, free("/var/www", "/"));
    }

    private static int free(String path, String part) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return LinkWalk.free(bytes, bytes.length, part.getBytes(StandardCharsets.UTF_8));
    }
}
