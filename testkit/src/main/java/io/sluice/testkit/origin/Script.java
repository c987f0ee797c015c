package io.sluice.testkit.origin;

import io.sluice.testkit.wire.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * What an {@link Origin} does on one connection. Runs on a thread of its own; when it returns, the connection is closed.
 * A peer that goes away ends a script without complaint; anything else it throws fails the test when the origin is
 * closed.
 */
@FunctionalInterface
public interface Script {

    void run(Session session) throws Exception;

    /**
     * Answers each request of the connection with the next of these, and with the last one again when there are no more;
     * closes after one that says {@code Connection: close}. Reads the body of a request before it answers.
     */
    static Script answering(String... responses) {
        return session -> {
            int at = 0;
            while (session.nextRequest() != null) {
                String response = responses[at];
                session.send(response);
                if (response.toLowerCase(Locale.ROOT).contains("connection: close")) {
                    return;
                }
                at = Math.min(at + 1, responses.length - 1);
            }
        };
    }

    /** Answers each request in pieces of so many bytes, each with a system call of its own and no delay by Nagle. */
    static Script answeringInPieces(int pieceBytes, String response) {
        return session -> {
            while (session.nextRequest() != null) {
                session.sendInPieces(response, pieceBytes);
            }
        };
    }

    /** Sends a piece of the answer to the first request at each step, then waits for the peer to close. */
    static Script stepping(Steps steps, String... pieces) {
        return session -> {
            session.readRequest();
            for (String piece : pieces) {
                steps.next();
                session.send(piece);
            }
            session.awaitClose();
        };
    }

    /** Reads all that comes and never answers, until the peer ends the connection. */
    static Script stalling() {
        return Session::awaitClose;
    }

    /** Reads nothing and sends nothing, until the origin is closed. */
    static Script notReading() {
        return Session::hold;
    }

    /** Resets as soon as it is accepted. */
    static Script resettingAtOnce() {
        return Session::reset;
    }

    /** Resets after the first request was read and so many bytes of the response were sent. */
    static Script resetting(int afterBytes, String response) {
        return session -> {
            session.readRequest();
            session.send(first(afterBytes, response));
            session.reset();
        };
    }

    /** Closes in order after the first request was read and so many bytes of the response were sent. */
    static Script closingAfter(int bytes, String response) {
        return session -> {
            session.readRequest();
            session.send(first(bytes, response));
        };
    }

    /** Closes in order as soon as it is accepted. */
    static Script closingAtOnce() {
        return session -> {};
    }

    /** Answers the first request, then sends a FIN but goes on to read until the peer closes too. */
    static Script halfClosing(String response) {
        return session -> {
            session.readRequest();
            session.send(response);
            session.shutdownOutput();
            session.awaitClose();
        };
    }

    /** Answers each request with 200 and a {@link BigBody} of this length. */
    static Script streaming(long bodyBytes) {
        return session -> {
            while (session.nextRequest() != null) {
                session.send("HTTP/1.1 200 OK\r\nContent-Length: " + bodyBytes + "\r\n\r\n");
                session.sendBigBody(bodyBytes);
            }
        };
    }

    /** Answers each request with the head and the body that came, as text, in the body. */
    static Script mirroring() {
        return session -> {
            for (Message request = session.nextRequest(); request != null; request = session.nextRequest()) {
                String seen = request.raw();
                session.send("HTTP/1.1 200 OK\r\nContent-Length: " + seen.length() + "\r\n\r\n" + seen);
            }
        };
    }

    private static byte[] first(int bytes, String response) {
        return Arrays.copyOf(response.getBytes(StandardCharsets.ISO_8859_1), Math.min(bytes, response.length()));
    }
}
