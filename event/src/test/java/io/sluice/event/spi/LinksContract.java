package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import org.junit.jupiter.api.Test;

/** What every driver must do about symbolic links. */
public abstract class LinksContract extends FilesContract {
    @Test
    public void links_are_followed_unless_a_rule_says_otherwise() throws Exception {
        Path link = linkToFile();
        assertEquals(7, opened(link, LinkRule.FOLLOW).size());
        refused(link, LinkRule.REFUSE);
        assertEquals(7, opened(Files.readSymbolicLink(link), LinkRule.REFUSE).size());
    }

    @Test
    public void a_link_to_a_folder_on_the_way_is_refused_too() throws Exception {
        Path link = linkToFolder();
        assertEquals(7, opened(link.resolve("file"), LinkRule.FOLLOW).size());
        refused(link.resolve("file"), LinkRule.REFUSE);
        assertEquals(
                7,
                opened(Files.readSymbolicLink(link).resolve("file"), LinkRule.REFUSE)
                        .size());
        assertNull(files().open(link.resolve("missing"), LinkRule.REFUSE));
        assertEquals(IoFault.TOO_MANY_LINKS, files().fault());
    }

    @Test
    public void links_in_the_part_that_a_rule_leaves_alone_are_followed() throws Exception {
        Path link = linkToFolder();
        Path file = link.resolve("file");
        for (LinkRule rule : new LinkRule[] {LinkRule.REFUSE, LinkRule.IF_NOT_OWNER}) {
            assertEquals(7, opened(file, rule.from(link.toString())).size());
            assertEquals(7, opened(file, rule.from(link + "/")).size());
            assertEquals(7, opened(file, rule.from(file.toString())).size());
        }
        refused(
                file,
                LinkRule.REFUSE.from(
                        link.toString().substring(0, link.toString().length() - 1)));
        refused(file, LinkRule.REFUSE.from(link.getParent().toString()));
        refused(file, LinkRule.REFUSE.from("/elsewhere"));
        Files.createSymbolicLink(link.resolve("again"), link.resolve("file"));
        refused(link.resolve("again"), LinkRule.REFUSE.from(link.toString()));
    }

    @Test
    public void what_is_missing_is_missing_under_every_rule() throws Exception {
        Path file = Files.createFile(folder().resolve("file"));
        for (LinkRule rule : new LinkRule[] {LinkRule.REFUSE, LinkRule.IF_NOT_OWNER}) {
            for (Path path : new Path[] {folder().resolve("missing"), folder().resolve("no/way"), file.resolve("x")}) {
                assertNull(files().open(path, rule));
                assertEquals(IoFault.NO_SUCH_FILE, files().fault(), rule + " " + path);
            }
        }
    }

    @Test
    public void a_link_of_the_same_owner_is_followed_if_the_owner_counts() throws Exception {
        assertEquals(7, opened(linkToFile(), LinkRule.IF_NOT_OWNER).size());
        assertEquals(
                7, opened(linkToFolder().resolve("file"), LinkRule.IF_NOT_OWNER).size());
    }

    @Test
    public void a_link_of_another_owner_is_refused_if_the_owner_counts() throws Exception {
        assumeTrue(ROOT, "only the superuser can give files away");
        Path link = linkToFile();
        giveAway(link);
        refused(link, LinkRule.IF_NOT_OWNER);
        assertEquals(7, opened(link, LinkRule.FOLLOW).size());
        Path way = linkToFolder();
        giveAway(way);
        refused(way.resolve("file"), LinkRule.IF_NOT_OWNER);
        assertEquals(
                7,
                opened(way.resolve("file"), LinkRule.IF_NOT_OWNER.from(way.toString()))
                        .size());
        Path foreign = Files.readSymbolicLink(link);
        giveAway(foreign);
        assertEquals(7, opened(link, LinkRule.IF_NOT_OWNER).size());
    }

    private static void giveAway(Path path) throws IOException {
        FileOwnerAttributeView view =
                Files.getFileAttributeView(path, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setOwner(path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }

    private Path linkToFile() throws IOException {
        Path file = Files.writeString(folder().resolve("file"), "content");
        return Files.createSymbolicLink(folder().resolve("link-to-file"), file);
    }

    private Path linkToFolder() throws IOException {
        Path real = Files.createDirectory(folder().resolve("real"));
        Files.writeString(real.resolve("file"), "content");
        return Files.createSymbolicLink(folder().resolve("link-to-folder"), real);
    }

    private void refused(Path path, LinkRule rule) {
        assertNull(files().open(path, rule), () -> path + " " + rule);
        assertEquals(IoFault.TOO_MANY_LINKS, files().fault());
        assertNull(files().status(path, rule));
        assertEquals(IoFault.TOO_MANY_LINKS, files().fault());
    }
}
