package io.sluice.core.file;

/**
 * What to do about symbolic links on the way to a file: nginx's disable_symlinks. A component that is refused answers {@link
 * io.sluice.core.log.IoFault#TOO_MANY_LINKS}.
 *
 * @param from the beginning of a path, of whole components, in which links are followed whatever the rule says; empty for none. A path
 *     that does not begin with it is checked as a whole
 */
public record LinkRule(Links links, String from) {
    /** Which links are refused. */
    public enum Links {
        FOLLOW,
        /** No component may be a link. */
        REFUSE,
        /** A link must have the owner of what it leads to. */
        IF_NOT_OWNER
    }

    /** nginx's {@code disable_symlinks off}. */
    public static final LinkRule FOLLOW = new LinkRule(Links.FOLLOW, "");

    /** nginx's {@code disable_symlinks on}. */
    public static final LinkRule REFUSE = new LinkRule(Links.REFUSE, "");

    /** nginx's {@code disable_symlinks if_not_owner}. */
    public static final LinkRule IF_NOT_OWNER = new LinkRule(Links.IF_NOT_OWNER, "");

    /** The same rule for what comes behind a part of the path. */
    public LinkRule from(String part) {
        return new LinkRule(links, part);
    }
}
