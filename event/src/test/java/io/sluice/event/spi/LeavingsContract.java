package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.buffer.OpenFile;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.file.FileOpener;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when all is closed: no descriptor, whether it went well or not. */
public abstract class LeavingsContract extends BytesContract {
    private static final long TOKEN = 6L << 32;
    private static final Path OPEN_DESCRIPTORS = Path.of("/proc/self/fd");

    @Test
    public void a_thousand_connections_leave_no_descriptor_behind() throws Exception {
        assumeTrue(Files.exists(OPEN_DESCRIPTORS), "descriptors are counted by /proc");
        ListenSocket socket = listen(loopback(0));
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        passBy(socket, source, 10);
        long before = openDescriptors();
        passBy(socket, source, 1000);
        assertEquals(before, openDescriptors());
    }

    @Test
    public void what_is_closed_and_what_is_refused_leave_no_descriptor_behind(@TempDir Path folder) throws Exception {
        assumeTrue(Files.exists(OPEN_DESCRIPTORS), "descriptors are counted by /proc");
        Address taken = listen(loopback(0)).address();
        Path file = Files.createFile(folder.resolve("file"));
        openAndRefuse(taken, file);
        long before = openDescriptors();
        for (int i = 0; i < 20; i++) {
            openAndRefuse(taken, file);
        }
        assertEquals(before, openDescriptors());
    }

    private void openAndRefuse(Address taken, Path file) {
        Driver opened = factory().open(setup(8));
        assertNull(opened.connect(taken, from(Address.inet(new byte[] {(byte) 192, 0, 2, 1}, 0)), TOKEN));
        assertThrows(ListenException.class, () -> factory().listen(listening(taken)));
        FileOpener files = opened.files();
        assertNull(files.open(file.resolveSibling("missing"), LinkRule.FOLLOW));
        OpenFile folder = files.open(file.getParent(), LinkRule.FOLLOW);
        assertNotNull(folder);
        folder.close();
        assertNotNull(files.status(file, LinkRule.REFUSE));
        OpenFile regular = files.open(file, LinkRule.IF_NOT_OWNER);
        assertNotNull(regular);
        regular.close();
        opened.close();
    }

    /** Connects, says a word and closes, so many times, by the driver on both sides. */
    private void passBy(ListenSocket socket, AcceptSource source, int times) {
        for (int i = 0; i < times; i++) {
            Endpoint ours = connecting(driver.connect(socket.address(), OutgoingOptions.DEFAULT, TOKEN + i));
            Endpoint theirs = accept(source);
            await(TOKEN + i, Readiness.WRITE);
            assertEquals(IoFault.NONE, ours.connectResult());
            theirs.attach(i, false);
            assertEquals(2, ours.write(buf("hi")));
            assertEquals("hi", read(theirs, i, 2));
            ours.close();
            await(i, Readiness.READ);
            assertEquals(Io.END, theirs.read(pool.take(16)));
            theirs.close();
            pool.end();
        }
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(OPEN_DESCRIPTORS)) {
            return open.count();
        }
    }
}
