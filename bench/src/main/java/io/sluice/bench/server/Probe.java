package io.sluice.bench.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One request on a connection of its own. */
public final class Probe {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final long PAUSE_NANOS = 500_000;

    private Probe() {}

    /**
     * Asks once and checks the answer.
     *
     * @return how many bytes the answer to a keepalive (or else a closing) request has
     */
    public static int answerBytes(int port, String path, boolean close) {
        try {
            String answer = ask(port, path, close);
            if (!answer.startsWith("HTTP/1.1 200 ") || !answer.endsWith("\r\n\r\n" + Pages.body(path))) {
                throw new BenchException("a wrong answer from port " + port + " to " + path + ":\n"
                        + answer.substring(0, Math.min(answer.length(), 2_000)));
            }
            return answer.length();
        } catch (IOException failed) {
            throw new BenchException(
                    "no answer from port " + port + " to " + path + ": " + failed.getMessage(), failed);
        }
    }

    /** Asks until there is a 200. @return false if the process ended or the time is over before that */
    public static boolean awaitAnswer(int port, String path, Process server, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (server.isAlive() && end - System.nanoTime() > 0) {
            if (tried(port, path)
                    .filter(answer -> answer.startsWith("HTTP/1.1 200 "))
                    .isPresent()) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    private static Optional<String> tried(int port, String path) {
        try {
            return Optional.of(ask(port, path, true));
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    private static String ask(int port, String path, boolean close) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n"
                    + (close ? "Connection: close\r\n" : "") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(new BufferedInputStream(socket.getInputStream()));
        }
    }

    /** A head and as many bytes as its Content-Length says. */
    private static String read(InputStream from) throws IOException {
        StringBuilder answer = new StringBuilder();
        int bodyAt = -1;
        int length = 0;
        while (bodyAt < 0 || answer.length() < bodyAt + length) {
            int next = from.read();
            if (next < 0) {
                throw new IOException("closed after: " + answer);
            }
            answer.append((char) next);
            if (bodyAt < 0 && answer.indexOf("\r\n\r\n", Math.max(0, answer.length() - 4)) >= 0) {
                bodyAt = answer.length();
                length = contentLength(answer.toString());
            }
        }
        return answer.toString();
    }

    private static int contentLength(String head) throws IOException {
        for (String line : head.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        throw new IOException("no Content-Length: " + head);
    }
}
