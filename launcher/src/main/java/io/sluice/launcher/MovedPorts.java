package io.sluice.launcher;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.sluice.core.connection.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A configuration on other ports: everything that listens on a port moves to a free one, and everybody who names that port finds it
 * there.
 *
 * @param moves from the port in the configuration to a free one
 */
record MovedPorts(Map<Integer, Integer> moves) {
    /** Alone, or after an address: {@code 8080}, {@code [::1]:8080}, {@code http://localhost:8080/x}. */
    private static final Pattern PORT = Pattern.compile("(?<=^|:)\\d{1,5}(?=$|/)");

    /** Another port for each of these, free at this moment. */
    static MovedPorts ofMachine(List<Address> listened) throws IOException {
        Map<Integer, Integer> moves = new HashMap<>();
        List<ServerSocket> taken = new ArrayList<>();
        try {
            for (Address address : listened) {
                if (address.port() != 0 && !moves.containsKey(address.port())) {
                    ServerSocket socket = new ServerSocket();
                    taken.add(socket);
                    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                    moves.put(address.port(), socket.getLocalPort());
                }
            }
        } finally {
            // Only now, so that no port is given out twice.
            for (ServerSocket socket : taken) {
                socket.close();
            }
        }
        return new MovedPorts(moves);
    }

    ConfigObject in(ConfigObject tree) {
        ConfigObject moved = tree;
        for (Map.Entry<String, ConfigValue> entry : tree.entrySet()) {
            moved = moved.withValue(entry.getKey(), in(entry.getValue()));
        }
        return moved;
    }

    private ConfigValue in(ConfigValue value) {
        return switch (value) {
            case ConfigObject object -> in(object);
            case ConfigList list ->
                ConfigValueFactory.fromIterable(list.stream().map(this::in).toList())
                        .withOrigin(list.origin());
            default -> {
                String text = String.valueOf(value.unwrapped());
                String elsewhere = PORT.matcher(text).replaceAll(this::move);
                yield elsewhere.equals(text)
                        ? value
                        : ConfigValueFactory.fromAnyRef(elsewhere).withOrigin(value.origin());
            }
        };
    }

    private String move(MatchResult found) {
        Integer moved = moves.get(Integer.valueOf(found.group()));
        return moved == null ? found.group() : moved.toString();
    }
}
