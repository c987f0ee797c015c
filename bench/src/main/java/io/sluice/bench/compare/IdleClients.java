package io.sluice.bench.compare;

import io.sluice.bench.server.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keepalive clients that made some requests and now do nothing. */
final class IdleClients implements AutoCloseable {

    private final List<SocketChannel> clients = new ArrayList<>();

    /** Opens so many connections and makes so many requests on each, one after the other. */
    static IdleClients open(int port, int connections, int requestsEach, int answerBytes) {
        IdleClients idle = new IdleClients();
        try {
            ByteBuffer answer = ByteBuffer.allocate(answerBytes);
            for (int i = 0; i < connections; i++) {
                SocketChannel client =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                idle.clients.add(client);
                for (int request = 0; request < requestsEach; request++) {
                    ask(client, port, answer.clear());
                }
            }
            return idle;
        } catch (IOException failed) {
            int opened = idle.clients.size();
            idle.close();
            throw new BenchException(
                    "connection " + opened + " of " + connections + ": " + failed.getMessage(), failed);
        }
    }

    private static void ask(SocketChannel client, int port, ByteBuffer answer) throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
        client.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
        while (answer.hasRemaining()) {
            if (client.read(answer) < 0) {
                throw new IOException("closed by the server");
            }
        }
    }

    /** Fails if the server has closed one: then it holds less than what is counted. */
    void checkAllOpen() {
        ByteBuffer one = ByteBuffer.allocate(1);
        int closed = 0;
        try {
            for (SocketChannel client : clients) {
                client.configureBlocking(false);
                if (client.read(one.clear()) != 0) {
                    closed++;
                }
            }
        } catch (IOException reset) {
            closed++;
        }
        if (closed > 0) {
            throw new BenchException(closed + " of " + clients.size() + " idle connections were closed by the server");
        }
    }

    @Override
    public void close() {
        hangUp();
    }

    void hangUp() {
        for (SocketChannel client : clients) {
            try {
                client.close();
            } catch (IOException alreadyClosed) {
                // then it is what we want
            }
        }
    }
}
