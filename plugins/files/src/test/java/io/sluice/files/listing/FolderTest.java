package io.sluice.files.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.sluice.files.name.PercentEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FolderTest {
    @TempDir
    Path folder;

    @Test
    void folders_come_first_and_names_in_the_order_of_their_bytes() throws IOException {
        for (String name : new String[] {"b", "a", "B", "a.b", "z"}) {
            Files.writeString(folder.resolve(name), name);
        }
        Files.createDirectory(folder.resolve("y"));
        Files.createDirectory(folder.resolve("x"));
        assertEquals(List.of("x", "y", "B", "a", "a.b", "b", "z"), names());
    }

    @Test
    void hidden_names_are_left_out() throws IOException {
        Files.writeString(folder.resolve(".htpasswd"), "secret");
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve("shown"), "x");
        assertEquals(List.of("shown"), names());
    }

    @Test
    void a_link_is_what_it_leads_to_and_one_that_leads_nowhere_is_listed() throws IOException {
        Files.writeString(folder.resolve("file"), "12345");
        Files.createSymbolicLink(folder.resolve("broken"), Path.of("nowhere"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
        Files.createSymbolicLink(folder.resolve("self"), Path.of("."));
        Files.createSymbolicLink(folder.resolve("round"), Path.of("round"));
        List<? extends Config> entries = entries(100);
        assertEquals(List.of("self", "broken", "file", "link", "round"), names());
        assertEquals("other", entries.get(1).getString("type"));
        assertEquals(5, entries.get(3).getInt("size"));
    }

    @Test
    void a_name_that_is_not_of_the_charset_is_listed_by_its_bytes() throws IOException {
        byte[] name = "\u00ff\u00fe".getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = (folder + "/??").getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(name, 0, whole, whole.length - 2, 2);
        Files.writeString(PercentEncoding.path(whole, whole.length), "x");
        ListingStyle style = new ListingStyle(ListingFormat.HTML, true, ZoneOffset.UTC, 10);
        byte[] path = folder.toString().getBytes(StandardCharsets.UTF_8);
        String html = new String(Folder.list(path, path, style), StandardCharsets.UTF_8);
        assertEquals(
                1,
                html.lines()
                        .filter(line -> line.contains("<a href=\"%FF%FE\">"))
                        .count(),
                html);
    }

    @Test
    void a_folder_with_too_many_entries_is_refused() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        assertEquals(5, entries(5).size());
        assertThrows(TooManyEntriesException.class, () -> entries(4));
    }

    @Test
    void what_is_no_folder_is_told() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThrows(NotDirectoryException.class, () -> list(file, 1));
        assertThrows(NoSuchFileException.class, () -> list(folder.resolve("none"), 1));
    }

    private List<String> names() throws IOException {
        return entries(100).stream().map(entry -> entry.getString("name")).toList();
    }

    private List<? extends Config> entries(int most) throws IOException {
        return ConfigFactory.parseString("v = " + list(folder, most)).getConfigList("v");
    }

    private static String list(Path folder, int most) throws IOException {
        byte[] name = folder.toString().getBytes(StandardCharsets.UTF_8);
        ListingStyle style = new ListingStyle(ListingFormat.JSON, true, ZoneOffset.UTC, most);
        return new String(Folder.list(name, name, style), StandardCharsets.UTF_8);
    }
}
