package io.sluice.http;

import org.jspecify.annotations.Nullable;

/**
 * The place of a request in the page it makes with its subrequests: a tree whose root is the main request, which also counts them, knows
 * whose turn it is to write, and who is to be run soon. Part of the recycled state.
 */
abstract class PageNode {
    private static final int MOST_NESTED = 50;

    private @Nullable HttpRequest handle;
    private @Nullable RequestState main;
    private @Nullable RequestState parent;
    private @Nullable RequestState nextPosted;
    private boolean posted;

    /** What waits for its turn, first first; null if nothing does. */
    @Nullable
    Postponed postponed;

    SubrequestListener done = SubrequestListener.NOBODY;

    /** Subrequests below this one may be nested so deep. */
    int nestingLeft = MOST_NESTED;

    /** Whether its phases have begun. */
    boolean begun;

    /** Whether it is no part of the page. */
    boolean background;

    // ---- of the main request only
    /** Subrequests that are no parts of the page and have not ended; null if there are none. */
    @Nullable
    Postponed aside;

    /** Who may write now; null while nothing runs. */
    @Nullable
    RequestState active;

    /** Requests of this page that have not ended. */
    int count = 1;

    private @Nullable RequestState firstPosted;

    final void joinPage(RequestState above, HttpRequest ownHandle) {
        handle = ownHandle;
        parent = above;
        main = above.main();
        nestingLeft = above.nestingLeft - 1;
    }

    /** Begins as the client's own request. */
    final void beginPage(RequestState self, HttpRequest ownHandle) {
        handle = ownHandle;
        main = self;
        active = self;
        begun = true;
    }

    final HttpRequest handle() {
        HttpRequest own = handle;
        if (own == null) {
            throw new IllegalStateException("the request has not begun");
        }
        return own;
    }

    final boolean isMain() {
        return parent == null;
    }

    final RequestState main() {
        RequestState root = main;
        if (root == null) {
            throw new IllegalStateException("the request has not begun");
        }
        return root;
    }

    /** Of a subrequest. */
    final RequestState parent() {
        RequestState above = parent;
        if (above == null) {
            throw new IllegalStateException("the main request has no parent");
        }
        return above;
    }

    // ---- output that waits

    final void postpone(Postponed last) {
        Postponed each = postponed;
        if (each == null) {
            postponed = last;
            return;
        }
        for (Postponed next = each.next; next != null; next = each.next) {
            each = next;
        }
        each.next = last;
    }

    /** The turn of the first subrequest is over. */
    final void removeFirst(RequestState subrequest) {
        Postponed first = postponed;
        if (first != null && first.subrequest == subrequest) {
            postponed = first.next;
        }
    }

    final void forgetPostponed() {
        postponed = null;
        aside = null;
    }

    // ---- who is beside the page

    final void putAside(RequestState subrequest) {
        Postponed added = new Postponed(subrequest);
        added.next = aside;
        aside = added;
    }

    final void removeAside(RequestState subrequest) {
        Postponed before = null;
        for (Postponed each = aside; each != null; each = each.next) {
            if (each.subrequest == subrequest) {
                if (before == null) {
                    aside = each.next;
                } else {
                    before.next = each.next;
                }
                return;
            }
            before = each;
        }
    }

    // ---- who is run soon

    /** Adds a request of this page at the end of the queue, once. */
    final void addPosted(RequestState request) {
        PageNode node = request;
        if (node.posted) {
            return;
        }
        node.posted = true;
        PageNode last = firstPosted;
        if (last == null) {
            firstPosted = request;
            return;
        }
        for (PageNode next = last.nextPosted; next != null; next = last.nextPosted) {
            last = next;
        }
        last.nextPosted = request;
    }

    final boolean hasPosted() {
        return firstPosted != null;
    }

    final @Nullable RequestState nextPosted() {
        RequestState first = firstPosted;
        if (first != null) {
            PageNode node = first;
            firstPosted = node.nextPosted;
            node.nextPosted = null;
            node.posted = false;
        }
        return first;
    }

    final void forgetPosted(RequestState gone) {
        PageNode before = null;
        for (PageNode each = firstPosted; each != null; each = each.nextPosted) {
            if (each == gone) {
                if (before == null) {
                    firstPosted = each.nextPosted;
                } else {
                    before.nextPosted = each.nextPosted;
                }
                each.nextPosted = null;
                each.posted = false;
                return;
            }
            before = each;
        }
    }

    final void resetNode() {
        handle = null;
        main = null;
        parent = null;
        nextPosted = null;
        posted = false;
        postponed = null;
        done = SubrequestListener.NOBODY;
        nestingLeft = MOST_NESTED;
        begun = false;
        background = false;
        aside = null;
        active = null;
        count = 1;
        firstPosted = null;
    }
}
