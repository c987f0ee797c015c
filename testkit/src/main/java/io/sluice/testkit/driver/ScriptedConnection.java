package io.sluice.testkit.driver;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.log.IoFault;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a stepped server, as the test handles it: what the server receives, what it sent, how it ends. The server notices when
 * it turns. Strings are one byte for each char (ISO 8859-1).
 *
 * <p><b>Thread:</b> the test's.
 */
public final class ScriptedConnection {
    private final ScriptedEndpoint endpoint;
    private boolean accepted;
    private int asked;

    ScriptedConnection(ScriptedEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    Endpoint accepted(ScriptedDriver by) {
        accepted = true;
        endpoint.adoptedBy(by);
        return endpoint;
    }

    // ---- what the other side does

    /** Bytes come. Those of several calls before a turn come as one. */
    public ScriptedConnection receives(String bytes) {
        return receives(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    public ScriptedConnection receives(byte[] bytes) {
        goesOn();
        endpoint.arriving.add(bytes.clone());
        return this;
    }

    /** Bytes come in pieces: each has to be read before the next arrives, in a later turn. */
    public ScriptedConnection receivesInPieces(String bytes, int pieceBytes) {
        goesOn();
        endpoint.arriving.addInPieces(bytes.getBytes(StandardCharsets.ISO_8859_1), pieceBytes);
        return this;
    }

    /** The other side ends its stream, behind what it has sent. */
    public ScriptedConnection ends() {
        goesOn();
        endpoint.arriving.end();
        return this;
    }

    /** The other side resets the connection: what was not read yet is lost. */
    public ScriptedConnection resets() {
        endpoint.reset();
        return this;
    }

    /** The other side's window: from now on so many bytes can be sent, then a write answers AGAIN until this is called again. */
    public ScriptedConnection takes(long bytes) {
        endpoint.window = bytes;
        return this;
    }

    /** Any number of bytes can be sent, as in the beginning. */
    public ScriptedConnection takesAll() {
        return takes(ScriptedEndpoint.UNLIMITED);
    }

    // ---- a connect of the server

    /** The connect that is in progress succeeds. */
    public ScriptedConnection accepts() {
        return connectEnds(IoFault.NONE);
    }

    /** The connect that is in progress fails. */
    public ScriptedConnection refuses(IoFault fault) {
        return connectEnds(fault);
    }

    private ScriptedConnection connectEnds(IoFault how) {
        if (!endpoint.connecting) {
            throw new IllegalStateException("the connect has ended before, or the server never made it");
        }
        endpoint.connectEnds(how);
        return this;
    }

    // ---- what the server did

    /** Everything that was sent. */
    public String sent() {
        return endpoint.sent.toString(StandardCharsets.ISO_8859_1);
    }

    /** What was sent since this was asked last. */
    public String newlySent() {
        String all = sent();
        String fresh = all.substring(asked);
        asked = all.length();
        return fresh;
    }

    public long sentBytes() {
        return endpoint.sent.size();
    }

    /** Bytes that have come, or are on their way, and were not read. */
    public int unread() {
        return endpoint.arriving.unread();
    }

    /** Whether the server has taken it out of its queue, or made it. */
    public boolean isAccepted() {
        return accepted;
    }

    /** Whether the server has not closed it. */
    public boolean isOpen() {
        return !endpoint.closed;
    }

    /** Whether the server has closed it, in order or by a reset. */
    public boolean isClosed() {
        return endpoint.closed;
    }

    /** Whether the server has closed it by a reset: because it wanted to, or because it left bytes unread. */
    public boolean isReset() {
        return endpoint.resetSent;
    }

    /** Whether the server has ended its direction of the stream and not closed the connection. */
    public boolean isHalfClosed() {
        return endpoint.outputEnded && !endpoint.closed;
    }

    /** What an option was set to, or null. */
    public @Nullable Integer option(SocketOption option) {
        return endpoint.options.get(option);
    }

    /** The other side's address; for a connect of the server where it goes. */
    public Address remoteAddress() {
        return endpoint.remoteAddress();
    }

    /** The token under which the worker watches it: with it {@link ScriptedDriver#report} makes up a result. */
    public long token() {
        return endpoint.token();
    }

    private void goesOn() {
        if (endpoint.reset || endpoint.arriving.ended()) {
            throw new IllegalStateException("the other side has ended this stream");
        }
    }

    @Override
    public String toString() {
        return "connection of " + remoteAddress() + (isOpen() ? ", open" : ", closed");
    }
}
