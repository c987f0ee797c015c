package io.sluice.bench.interop;

import io.sluice.bench.server.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Whether both servers choose the same peer for the same requests, one after the other. */
final class PeerChoices {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int REQUESTS = 400;

    /** Of 400 draws, by which two counts of the same share hardly ever differ: five standard deviations. */
    private static final int CHANCE = 75;

    private final int nginxPort;
    private final int oursPort;

    PeerChoices(int nginxPort, int oursPort) {
        this.nginxPort = nginxPort;
        this.oursPort = oursPort;
    }

    /** What differs in one sentence; empty if nothing does. */
    String difference(BalancingMethod method) {
        Map<String, Integer> nginx = new TreeMap<>();
        Map<String, Integer> ours = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            String path = "/" + method.path() + "/key" + i;
            // A client in another network each time.
            byte[] client = {127, (byte) (i >> 4), (byte) i, 1};
            String wanted = peer(nginxPort, path, client);
            String chosen = peer(oursPort, path, client);
            if (method.exact() && !wanted.equals(chosen)) {
                return "request " + i + " went to " + chosen + ", nginx's to " + wanted;
            }
            nginx.merge(wanted, 1, Integer::sum);
            ours.merge(chosen, 1, Integer::sum);
        }
        boolean alike = nginx.keySet().equals(ours.keySet());
        for (Map.Entry<String, Integer> each : nginx.entrySet()) {
            alike = alike && Math.abs(each.getValue() - ours.getOrDefault(each.getKey(), 0)) < CHANCE;
        }
        return alike ? "" : ours + ", nginx " + nginx;
    }

    private static String peer(int port, String path, byte[] client) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(client), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request = "GET " + path + " HTTP/1.1\r\nHost: peers\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                throw new BenchException(path + " was answered with "
                        + answer.lines().findFirst().orElse("nothing"));
            }
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        } catch (IOException failed) {
            throw new BenchException(path + ", port " + port + ": " + failed.getMessage(), failed);
        }
    }
}
