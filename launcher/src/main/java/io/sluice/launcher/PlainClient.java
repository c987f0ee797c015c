package io.sluice.launcher;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One keepalive connection to a port of this machine; knows as much of HTTP/1.1 as our own answers need. */
final class PlainClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 2_000;
    private static final String LENGTH = "content-length: ";
    private static final String CHUNKED = "transfer-encoding: chunked";

    private final Socket socket;
    private final InputStream answers;

    private PlainClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.answers = new BufferedInputStream(socket.getInputStream());
    }

    static PlainClient of(int port) throws IOException {
        return new PlainClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Asks and reads the whole answer, whatever it is. */
    void get(String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        long length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.startsWith(LENGTH)) {
                length = Long.parseLong(line.substring(LENGTH.length()));
            }
            chunked |= line.equals(CHUNKED);
        }
        if (chunked) {
            skipChunks();
        } else {
            answers.skipNBytes(length);
        }
    }

    private void skipChunks() throws IOException {
        long length;
        do {
            length = Long.parseLong(line(), 16);
            answers.skipNBytes(length);
            line();
        } while (length > 0);
    }

    /** In lower case, without its end. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < 0) {
                throw new EOFException("the server hung up");
            }
            line.append((char) c);
        }
        return line.toString().strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
