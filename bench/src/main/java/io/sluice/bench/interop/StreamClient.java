package io.sluice.bench.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.zip.CRC32;

/** What clients of stream do, each answering what it saw: the bytes, and whether the server has ended the connection. */
final class StreamClient {
    static final int TIMEOUT_MILLIS = 5_000;

    private static final int LONGEST_SHOWN = 200;

    private StreamClient() {}

    private interface Use {
        String of(Socket socket) throws IOException;
    }

    /** Says a text and reads until the end. */
    static StreamRow.Exchange says(String text) {
        return talks(socket -> {
            socket.getOutputStream().write(bytes(text));
            return rest(socket);
        });
    }

    /** Says a text, ends its stream at once, and reads until the end. */
    static StreamRow.Exchange saysAndEnds(String text) {
        return talks(socket -> {
            socket.getOutputStream().write(bytes(text));
            socket.shutdownOutput();
            return rest(socket);
        });
    }

    /** Says a text, reads until another has come, then ends its stream and reads until the end. */
    static StreamRow.Exchange hearsAndEnds(String text, String awaited) {
        return talks(socket -> {
            socket.getOutputStream().write(bytes(text));
            StringBuilder heard = new StringBuilder();
            while (!heard.toString().endsWith(awaited)) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return heard + "<too early an end>";
                }
                heard.append((char) next);
            }
            socket.shutdownOutput();
            return shown(bytes(heard.toString()), socket) + " | " + rest(socket);
        });
    }

    /** So many bytes there and back, both at once. */
    static StreamRow.Exchange moves(int bytes) {
        return talks(socket -> {
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(pattern(bytes));
                } catch (IOException gone) {
                    // Too little will come back.
                }
            });
            byte[] back = socket.getInputStream().readNBytes(bytes);
            try {
                sender.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            socket.shutdownOutput();
            CRC32 sum = new CRC32();
            sum.update(back);
            return back.length + " bytes, " + Long.toHexString(sum.getValue()) + " | " + rest(socket);
        });
    }

    private static byte[] pattern(int bytes) {
        byte[] pattern = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            pattern[i] = (byte) (i * 31 + i / 251);
        }
        return pattern;
    }

    /** The same several times, one after the other. */
    static StreamRow.Exchange times(int count, StreamRow.Exchange one) {
        return server -> {
            StringJoiner all = new StringJoiner(", ");
            for (int i = 0; i < count; i++) {
                all.add(one.with(server));
            }
            return all.toString();
        };
    }

    /** While one client is there another comes. */
    static StreamRow.Exchange beside(String text) {
        return server -> talks(first -> {
                    first.getOutputStream().write(bytes(text));
                    String heard = shown(first.getInputStream().readNBytes(text.length()), first);
                    return heard + " | " + says("").with(server);
                })
                .with(server);
    }

    /** Clients of many addresses, one after the other, each reading until the end. */
    static StreamRow.Exchange fromMany(int clients) {
        return server -> {
            StringJoiner all = new StringJoiner(", ");
            for (int i = 0; i < clients; i++) {
                byte[] host = {127, (byte) (i >> 4), (byte) i, 1};
                all.add(from(InetAddress.getByAddress(host), server, StreamClient::rest));
            }
            return all.toString();
        };
    }

    /** Datagrams of these lengths, each sent when the one before was answered. */
    static StreamRow.Exchange datagrams(int... lengths) {
        return server -> {
            StringJoiner all = new StringJoiner(", ");
            try (DatagramSocket socket =
                    new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                for (int length : lengths) {
                    all.add(answer(socket, server, length));
                }
            }
            return all.toString();
        };
    }

    private static String answer(DatagramSocket socket, InetSocketAddress server, int length) throws IOException {
        String asked = "x".repeat(length);
        socket.send(new DatagramPacket(bytes(asked), length, server));
        byte[] room = new byte[65_536];
        DatagramPacket answer = new DatagramPacket(room, room.length);
        try {
            socket.receive(answer);
        } catch (SocketTimeoutException nothing) {
            return "nothing";
        }
        String text = new String(room, 0, answer.getLength(), StandardCharsets.ISO_8859_1);
        return text.equals(length + ":" + asked) ? length + " whole" : text;
    }

    private static StreamRow.Exchange talks(Use use) {
        return server -> from(InetAddress.getLoopbackAddress(), server, use);
    }

    private static String from(InetAddress host, InetSocketAddress server, Use use) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(host, 0));
            socket.connect(server, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return use.of(socket);
        }
    }

    /** A reset is an end: whether there is one depends on what the system had of the client when the server closed. */
    private static String rest(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] room = new byte[16_384];
        InputStream in = socket.getInputStream();
        String end = "end";
        try {
            for (int n = in.read(room); n >= 0; n = in.read(room)) {
                all.write(room, 0, n);
            }
        } catch (SocketTimeoutException open) {
            end = "still open";
        } catch (SocketException reset) {
            end = "end";
        }
        return shown(all.toByteArray(), socket) + "<" + end + ">";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String shown(byte[] bytes, Socket socket) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace(" " + socket.getLocalPort(), " CLIENT")
                .replace(" " + socket.getPort(), " PORT")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…" + text.length();
    }
}
