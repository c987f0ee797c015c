package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Io;
import io.sluice.core.file.FileOpener;
import io.sluice.core.file.FileStatus;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every driver must do with files, but for sending them. */
public abstract class FilesContract extends DriverHarness {
    protected static final boolean ROOT = System.getProperty("user.name").equals("root");

    @TempDir
    public Path given;

    /** Without a link on the way to it. */
    protected Path folder() throws IOException {
        return given.toRealPath();
    }

    protected FileOpener files() {
        return driver.files();
    }

    // ---- what is there

    @Test
    public void a_file_is_known_by_size_time_and_identity() throws Exception {
        Path path = Files.writeString(folder().resolve("file"), "0123456789");
        Files.setLastModifiedTime(path, FileTime.fromMillis(1_234_567_890_999L));
        OpenFile file = opened(path, LinkRule.FOLLOW);
        assertEquals(FileKind.REGULAR, file.kind());
        assertEquals(10, file.size());
        assertEquals(1_234_567_890L, file.modifiedSeconds());
        assertEquals(
                new FileStatus(FileKind.REGULAR, 10, 1_234_567_890L, file.identity()),
                files().status(path, LinkRule.FOLLOW));
        Path other = Files.writeString(folder().resolve("other"), "0123456789");
        assertNotEquals(file.identity(), opened(other, LinkRule.FOLLOW).identity());
        assertEquals(file.identity(), opened(path, LinkRule.FOLLOW).identity());
    }

    @Test
    public void a_path_may_be_given_as_bytes() throws Exception {
        Path path = Files.writeString(folder().resolve("file"), "content");
        byte[] bytes = (path + "and more").getBytes(StandardCharsets.UTF_8);
        int length = bytes.length - "and more".length();
        OpenFile file = files().open(bytes, length, LinkRule.FOLLOW);
        assertNotNull(file);
        assertEquals(7, closing(file).size());
        assertEquals(7, files().status(bytes, length, LinkRule.FOLLOW).sizeBytes());
    }

    /** Behind a zero byte the system would not see the rest, and open another file than was meant. */
    @Test
    public void a_path_with_a_zero_byte_is_refused() throws Exception {
        Path path = Files.writeString(folder().resolve("file"), "content");
        byte[] bytes = (path + "\0.txt").getBytes(StandardCharsets.UTF_8);
        for (LinkRule rule : new LinkRule[] {LinkRule.FOLLOW, LinkRule.REFUSE, LinkRule.IF_NOT_OWNER}) {
            assertNull(files().open(bytes, bytes.length, rule));
            assertEquals(IoFault.INVALID, files().fault());
            assertNull(files().status(bytes, bytes.length, rule));
        }
    }

    @Test
    public void what_is_missing_is_not_opened() throws Exception {
        Path file = Files.createFile(folder().resolve("file"));
        refused(folder().resolve("missing"), IoFault.NO_SUCH_FILE);
        refused(folder().resolve("missing/below"), IoFault.NO_SUCH_FILE);
        refused(file.resolve("below-a-file"), IoFault.NO_SUCH_FILE);
    }

    @Test
    public void a_name_that_is_too_long_is_no_file() throws Exception {
        refused(folder().resolve("x".repeat(300)), IoFault.NO_SUCH_FILE);
        refused(folder().resolve("x/".repeat(3000)), IoFault.NO_SUCH_FILE);
    }

    @Test
    public void links_that_lead_to_each_other_are_too_many() throws Exception {
        Files.createSymbolicLink(folder().resolve("one"), folder().resolve("two"));
        Files.createSymbolicLink(folder().resolve("two"), folder().resolve("one"));
        refused(folder().resolve("one"), IoFault.TOO_MANY_LINKS);
    }

    @Test
    public void a_file_without_permission_is_not_opened_but_known() throws Exception {
        assumeFalse(ROOT, "the superuser may read everything");
        Path path = Files.writeString(folder().resolve("file"), "secret");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        assertNull(files().open(path, LinkRule.FOLLOW));
        assertEquals(IoFault.ACCESS, files().fault());
        assertEquals(6, files().status(path, LinkRule.FOLLOW).sizeBytes());
        Path closed = Files.createDirectory(folder().resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assertNull(files().status(closed.resolve("file"), LinkRule.FOLLOW));
        assertEquals(IoFault.ACCESS, files().fault());
    }

    @Test
    public void a_directory_is_told_to_be_one_and_nothing_stays_open() throws Exception {
        OpenFile file = opened(folder(), LinkRule.FOLLOW);
        assertEquals(FileKind.DIRECTORY, file.kind());
        assertEquals(Io.ERROR, file.read(pool.take(10), 0));
        assertFalse(file.load(0, 10));
        assertEquals(
                FileKind.DIRECTORY, files().status(folder(), LinkRule.FOLLOW).kind());
        assertEquals(FileKind.DIRECTORY, opened(folder(), LinkRule.REFUSE).kind());
    }

    @Test
    @Timeout(20)
    public void a_fifo_is_told_to_be_no_file_and_nobody_waits_for_its_writer() throws Exception {
        Path fifo = folder().resolve("fifo");
        Process made = new ProcessBuilder("mkfifo", fifo.toString()).start();
        assumeTrue(made.waitFor() == 0, "no mkfifo");
        for (LinkRule rule : new LinkRule[] {LinkRule.FOLLOW, LinkRule.REFUSE, LinkRule.IF_NOT_OWNER}) {
            assertEquals(FileKind.OTHER, opened(fifo, rule).kind());
            assertEquals(FileKind.OTHER, files().status(fifo, rule).kind());
        }
    }

    @Test
    public void a_socket_is_told_to_be_no_file() throws Exception {
        assumeTrue(can(Capability.UNIX_SOCKETS));
        Path path = folder().resolve("socket");
        listen(Address.unix(path.toString().getBytes(StandardCharsets.UTF_8)));
        assertEquals(FileKind.OTHER, opened(path, LinkRule.FOLLOW).kind());
        assertEquals(FileKind.OTHER, files().status(path, LinkRule.FOLLOW).kind());
    }

    // ---- reading

    @Test
    public void a_read_takes_what_there_is_room_for() throws Exception {
        OpenFile file = opened(Files.writeString(folder().resolve("file"), "0123456789"), LinkRule.FOLLOW);
        Buf into = buf("x".repeat(250));
        Buf whole = pool.take(256);
        whole.putAscii(into.text());
        assertEquals(6, file.read(whole, 2));
        assertEquals("234567", whole.text().substring(250));
        Buf rest = pool.take(256);
        assertEquals(2, file.read(rest, 8));
        assertEquals(Io.END, file.read(rest, 10));
        assertEquals(Io.END, file.read(rest, 1000));
        assertThrows(IllegalArgumentException.class, () -> file.read(whole, 0));
    }

    @Test
    public void a_file_that_grows_and_shrinks_is_read_as_it_is() throws Exception {
        Path path = Files.writeString(folder().resolve("file"), "0123");
        OpenFile file = opened(path, LinkRule.FOLLOW);
        Files.writeString(path, "4567", StandardOpenOption.APPEND);
        Buf into = pool.take(64);
        assertEquals(8, file.read(into, 0));
        assertEquals("01234567", into.text());
        assertEquals(4, file.size());
        Files.writeString(path, "ab", StandardOpenOption.TRUNCATE_EXISTING);
        assertEquals(Io.END, file.read(into, 2));
        assertTrue(file.load(0, 8));
    }

    @Test
    public void a_file_is_read_by_other_threads_and_only_while_it_is_open() throws Exception {
        OpenFile file = opened(Files.writeString(folder().resolve("file"), "0123456789"), LinkRule.FOLLOW);
        Buf into = pool.take(64);
        int[] answers = new int[2];
        Thread reader = new Thread(() -> {
            answers[0] = file.read(into, 0);
            answers[1] = file.load(0, 10) ? 1 : 0;
        });
        reader.start();
        reader.join();
        assertEquals(10, answers[0]);
        assertEquals(1, answers[1]);
        assertTrue(file.isLoaded(10, 5));
        file.close();
        file.close();
        assertEquals(Io.ERROR, file.read(into, 0));
        assertFalse(file.load(0, 10));
    }

    @Test
    public void a_range_of_many_pages_is_loaded() throws Exception {
        byte[] content = new byte[1_000_000];
        OpenFile file = opened(Files.write(folder().resolve("file"), content), LinkRule.FOLLOW);
        assertTrue(file.load(5, 900_000));
        assertTrue(file.load(0, Long.MAX_VALUE));
    }

    // ---- how it is asked

    protected OpenFile opened(Path path, LinkRule rule) {
        OpenFile file = files().open(path, rule);
        assertNotNull(file, () -> "open of " + path + " answered " + files().fault());
        return closing(file);
    }

    private void refused(Path path, IoFault fault) {
        assertNull(files().open(path, LinkRule.FOLLOW), path.toString());
        assertEquals(fault, files().fault(), path.toString());
        assertNull(files().status(path, LinkRule.FOLLOW));
        assertEquals(fault, files().fault());
    }
}
