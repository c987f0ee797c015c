package io.sluice.examples.tcpbalancer;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Redis of the machine, in a process of its own and without anything on disk. */
final class RedisServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

    private final int port;
    private final Process process;

    private RedisServer(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** Returns when it answers. */
    static RedisServer start() throws IOException {
        int port = freePort();
        RedisServer redis = new RedisServer(port, run(port));
        try {
            redis.awaitAnswer();
        } catch (Throwable silent) {
            redis.close();
            throw silent;
        }
        return redis;
    }

    private static Process run(int port) throws IOException {
        return new ProcessBuilder(
                        PROGRAM.toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Redis cannot say which port the system chose for it. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer() {
        Await.until("redis answers on " + port, () -> {
            try (RawClient client = RawClient.connect(port)) {
                return client.send("PING\r\n").read(7).equals("+PONG\r\n");
            } catch (UncheckedIOException | AssertionError notYet) {
                return false;
            }
        });
    }

    int port() {
        return port;
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("redis does not end");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
