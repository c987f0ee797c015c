package io.sluice.bench.interop;

import io.sluice.bench.server.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is behind both servers, each with a name that stands for its address. */
final class StreamPeers implements AutoCloseable {
    /** One connection of a peer. */
    private interface Talk {
        void with(Socket socket, InputStream in, OutputStream out) throws IOException;
    }

    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    StreamPeers() {
        try {
            // Sends back what it reads.
            int echo = listen("ECHO", "127.0.0.1", (socket, in, out) -> in.transferTo(out));
            // Says what it has heard when the client has ended its stream.
            listen("HEARD", "127.0.0.1", (socket, in, out) -> {
                byte[] all = in.readAllBytes();
                out.write(bytes("heard " + new String(all, StandardCharsets.ISO_8859_1)));
            });
            // Says something and leaves.
            listen("GREETING", "127.0.0.1", (socket, in, out) -> out.write(bytes("good day")));
            // Ends its stream, then listens for what the client still says.
            listen("ENDING", "127.0.0.1", (socket, in, out) -> {
                out.write(bytes("the end"));
                socket.shutdownOutput();
                in.readAllBytes();
            });
            // Says something, then sends back what it reads.
            listen("LINE", "127.0.0.1", (socket, in, out) -> {
                out.write(bytes("line: "));
                in.transferTo(out);
            });
            int port = listen(
                    "NAMED",
                    "0.0.0.0",
                    (socket, in, out) ->
                            out.write(bytes(socket.getLocalAddress().getHostAddress())));
            for (int i = 2; i < 7; i++) {
                addresses.put("NAMED" + i, "127.0.0." + i + ":" + port);
            }
            // The port is taken, on another address.
            addresses.put("NOBODY", "127.0.0.9:" + echo);
            datagrams();
        } catch (IOException failed) {
            close();
            throw new BenchException("a peer cannot be started", failed);
        }
    }

    /** A text with addresses for the names. */
    String fill(String text) {
        String filled = text;
        // The longer ones first: some begin as others do.
        for (String name : addresses.keySet().stream()
                .sorted((one, other) -> other.length() - one.length())
                .toList()) {
            filled = filled.replace(name, addresses.getOrDefault(name, name));
        }
        return filled;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private int listen(String name, String host, Talk talk) throws IOException {
        ServerSocket socket = new ServerSocket();
        open.add(socket);
        socket.bind(new InetSocketAddress(host, 0), 100);
        addresses.put(name, host + ":" + socket.getLocalPort());
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    Thread.ofVirtual().start(() -> talk(client, talk));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return socket.getLocalPort();
    }

    private static void talk(Socket client, Talk talk) {
        try (client) {
            client.setSoTimeout(StreamClient.TIMEOUT_MILLIS);
            talk.with(client, client.getInputStream(), client.getOutputStream());
        } catch (IOException gone) {
            // The other side has left: what the client saw of it is compared.
        }
    }

    /** Each datagram is answered by one with its length before it. */
    private void datagrams() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        open.add(socket);
        addresses.put("DATAGRAMS", "127.0.0.1:" + socket.getLocalPort());
        Thread.ofVirtual().start(() -> {
            byte[] room = new byte[65_536];
            while (!socket.isClosed()) {
                try {
                    DatagramPacket packet = new DatagramPacket(room, room.length);
                    socket.receive(packet);
                    String text = new String(room, 0, packet.getLength(), StandardCharsets.ISO_8859_1);
                    byte[] answer = bytes(packet.getLength() + ":" + text);
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception failed) {
                throw new BenchException("a peer cannot be ended", failed);
            }
        }
    }
}
