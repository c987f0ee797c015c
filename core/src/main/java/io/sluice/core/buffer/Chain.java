package io.sluice.core.buffer;

import org.jspecify.annotations.Nullable;

/**
 * A link of a list of Bufs on their way out. Links come from a {@link Pool} and go back to it.
 *
 * <p>As in nginx, a send answers the part that was not sent: null when all went, {@link #ERROR} when the connection failed.
 */
public final class Chain {
    /** Not a chain: says that sending failed. Compared by identity. */
    public static final Chain ERROR = new Chain(new Buf());

    private Buf buf;

    @Nullable
    Chain next;

    Chain(Buf buf) {
        this.buf = buf;
    }

    public Buf buf() {
        return buf;
    }

    public @Nullable Chain next() {
        return next;
    }

    /** Sets what follows this link. */
    public void next(@Nullable Chain following) {
        this.next = following;
    }

    void buf(Buf newBuf) {
        this.buf = newBuf;
    }

    /** Unsent bytes of the whole chain, in memory and in files. */
    public static long size(@Nullable Chain chain) {
        long bytes = 0;
        for (Chain link = chain; link != null; link = link.next) {
            bytes += link.buf.size();
        }
        return bytes;
    }

    /**
     * Moves the positions of the Bufs on by what a send took, as ngx_chain_update_sent does: special Bufs before the first
     * unsent byte count as sent.
     *
     * @return the first link that is not wholly sent, or null
     */
    public static @Nullable Chain sent(@Nullable Chain chain, long bytes) {
        long left = bytes;
        Chain link = chain;
        while (link != null) {
            Buf buf = link.buf;
            long size = buf.size();
            if (size > left) {
                if (left > 0) {
                    buf.advance(left);
                }
                return link;
            }
            if (size > 0) {
                buf.advance(size);
                left -= size;
            }
            link = link.next;
        }
        return null;
    }

    /** The last link of a chain. */
    public static Chain last(Chain chain) {
        Chain link = chain;
        for (Chain following = link.next; following != null; following = link.next) {
            link = following;
        }
        return link;
    }
}
