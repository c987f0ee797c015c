package io.sluice.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connected socket with calls that wait, each no longer than its deadline, and that keeps an orderly close and a reset
 * apart. Never reads more from the kernel than a call needs when the length is known, so that a test decides how
 * much room the peer has.
 *
 * <p><b>Owns</b> the channel. <b>Thread:</b> one at a time; a wait ends early when its thread is interrupted.
 */
public final class Wire implements AutoCloseable {

    private static final int READ_AHEAD_BYTES = 16 * 1024;

    private final SocketChannel channel;
    private final Tap tap;
    private final Selector selector;
    private final ReadAhead unread = new ReadAhead();
    private Ending ending = Ending.OPEN;
    private boolean sendingBroke;

    /** Takes a connected channel. */
    public Wire(SocketChannel channel, Tap tap) throws IOException {
        this.channel = channel;
        this.tap = tap;
        channel.configureBlocking(false);
        if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        this.selector = Selector.open();
    }

    private Wire(SocketChannel channel, Selector selector, Ending ending) {
        this.channel = channel;
        this.tap = Tap.NONE;
        this.selector = selector;
        this.ending = ending;
    }

    /**
     * A wire that is reset already. A peer that resets as soon as it accepts can be so fast that connecting fails; a test
     * sees the same either way.
     */
    public static Wire reset(SocketChannel closed) throws IOException {
        return new Wire(closed, Selector.open(), Ending.RESET);
    }

    /** A text block as it goes over the wire: each line end becomes CRLF, also in a body; one CRLF stays one. */
    public static String lines(String textBlock) {
        return textBlock.replace("\r\n", "\n").replace("\n", "\r\n");
    }

    /** Waits until the kernel took all of it. */
    public void write(byte[] bytes, Deadline deadline) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (true) {
            writeSome(left);
            if (!left.hasRemaining()) {
                return;
            }
            if (!awaitReady(SelectionKey.OP_WRITE, deadline)) {
                throw new SocketTimeoutException(
                        "waited " + deadline + " to send " + left.remaining() + " more of " + bytes.length + " bytes");
            }
        }
    }

    /**
     * Does not wait.
     *
     * @return how many bytes the kernel took, from 0 to all
     */
    public int offer(byte[] bytes) throws IOException {
        return writeSome(ByteBuffer.wrap(bytes));
    }

    private int writeSome(ByteBuffer from) throws IOException {
        if (ending == Ending.RESET) {
            throw sendingEnded(from);
        }
        try {
            int sent = channel.write(from);
            tap.sent(sent);
            return sent;
        } catch (ClosedChannelException closedHere) {
            throw closedHere;
        } catch (IOException broken) {
            // EPIPE or ECONNRESET. What the peer sent before it can still be read, and ends like a close then.
            sendingBroke = true;
            throw sendingEnded(from);
        }
    }

    /** Exactly so many bytes; takes no more from the kernel. */
    public byte[] read(int count, Deadline deadline) throws IOException {
        while (unread.size() < count) {
            if (!fill(count - unread.size(), deadline)) {
                throw ended(count + " bytes");
            }
        }
        return unread.take(count);
    }

    /**
     * At least one byte and at most so many, as they come.
     *
     * @return empty when the peer closed in order
     */
    public byte[] readSome(int atMost, Deadline deadline) throws IOException {
        if (unread.size() == 0 && !fill(atMost, deadline)) {
            if (ending == Ending.RESET) {
                throw ended("some bytes");
            }
            return new byte[0];
        }
        return unread.take(Math.min(atMost, unread.size()));
    }

    /**
     * Up to and with the delimiter.
     *
     * @param limitBytes more than that without a delimiter is an error
     */
    public byte[] readUntil(String delimiter, int limitBytes, Deadline deadline) throws IOException {
        byte[] wanted = delimiter.getBytes(StandardCharsets.ISO_8859_1);
        int searched = 0;
        while (true) {
            int at = unread.indexOf(wanted, searched);
            if (at >= 0) {
                return unread.take(at + wanted.length);
            }
            searched = Math.max(0, unread.size() - wanted.length + 1);
            if (unread.size() > limitBytes) {
                throw new IOException(
                        "no " + ReadAhead.quoted(delimiter) + " within " + limitBytes + " bytes: " + unread);
            }
            if (!fill(READ_AHEAD_BYTES, deadline)) {
                throw ended("bytes up to " + ReadAhead.quoted(delimiter));
            }
        }
    }

    /** All bytes until the peer closed in order; a reset is an {@link EndedException}. */
    public byte[] readToEnd(Deadline deadline) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            all.write(unread.take(unread.size()));
            if (!fill(READ_AHEAD_BYTES, deadline)) {
                if (ending == Ending.RESET) {
                    throw new EndedException(ending, "all bytes up to a close", all.size() + " bytes");
                }
                return all.toByteArray();
            }
        }
    }

    /** Reads and drops what comes until the peer ends the connection in one way or the other. */
    public Ending awaitEnding(Deadline deadline) throws IOException {
        while (ending == Ending.OPEN) {
            unread.drop();
            fill(READ_AHEAD_BYTES, deadline);
        }
        return ending;
    }

    /** How the peer stands, without waiting. Reads what has come; that stays to be read. */
    public Ending ending() throws IOException {
        int got = 1;
        while (ending == Ending.OPEN && got > 0) {
            got = receive(READ_AHEAD_BYTES);
        }
        return ending;
    }

    /** Bytes that were taken from the kernel and not asked for yet. */
    public int unreadBytes() {
        return unread.size();
    }

    /**
     * Waits until there is something to read or the peer ended.
     *
     * @return false if it ended in order and nothing is left
     */
    public boolean awaitBytes(Deadline deadline) throws IOException {
        if (unread.size() > 0 || fill(READ_AHEAD_BYTES, deadline)) {
            return true;
        }
        if (ending == Ending.RESET) {
            throw ended("some bytes");
        }
        return false;
    }

    /** Sends a FIN; reading goes on. */
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** Closes so that the peer gets a RST. On a unix socket this is a plain close. */
    public void reset() {
        try {
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException alreadyClosed) {
            // then there is nothing left to reset
        }
        close();
    }

    /** Closes; a RST instead of a FIN goes out if bytes of the peer were not read, which is the kernel's rule. */
    @Override
    public void close() {
        try {
            // The selector first: while the channel is registered, closing it only half-closes the socket.
            selector.close();
            channel.close();
        } catch (IOException alreadyClosed) {
            // then there is nothing left to close
        }
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    public SocketChannel channel() {
        return channel;
    }

    /** False if the peer ended, see {@link #ending}. */
    private boolean fill(int atMost, Deadline deadline) throws IOException {
        while (ending == Ending.OPEN) {
            int got = receive(atMost);
            if (got > 0) {
                return true;
            }
            if (got == 0 && !awaitReady(SelectionKey.OP_READ, deadline)) {
                throw new SocketTimeoutException("waited " + deadline + " for bytes; unread so far: " + unread);
            }
        }
        return false;
    }

    /** How many bytes came: 0 for none yet, -1 for an ending. */
    private int receive(int atMost) throws IOException {
        int got;
        try {
            got = channel.read(unread.room(atMost));
        } catch (ClosedChannelException closedHere) {
            throw closedHere;
        } catch (IOException broken) {
            ending = Ending.RESET;
            return -1;
        }
        if (got < 0) {
            ending = sendingBroke ? Ending.RESET : Ending.CLOSED;
            return -1;
        }
        unread.added(got, tap);
        return got;
    }

    private boolean awaitReady(int operation, Deadline deadline) throws IOException {
        channel.register(selector, operation);
        selector.selectedKeys().clear();
        while (selector.select(deadline.selectMillis()) == 0) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for the peer");
            }
            if (deadline.hasPassed()) {
                return false;
            }
        }
        return true;
    }

    private static EndedException sendingEnded(ByteBuffer what) {
        return new EndedException(Ending.RESET, "to send " + what.limit() + " bytes", what.position() + " of them");
    }

    private EndedException ended(String wanted) {
        return new EndedException(ending, wanted, unread.toString());
    }
}
