package io.sluice.stream.hello;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** First messages of TLS clients, by hand and from the JDK. */
final class Hellos {
    private Hellos() {}

    /** What the JDK's client says first. */
    static byte[] ofJdk(String name, List<String> protocols, String... versions) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            if (!name.isEmpty()) {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            }
            parameters.setApplicationProtocols(protocols.toArray(String[]::new));
            if (versions.length > 0) {
                parameters.setProtocols(versions);
            }
            engine.setSSLParameters(parameters);
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (NoSuchAlgorithmException | SSLException broken) {
            throw new AssertionError(broken);
        }
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A length in so many bytes, then what it is the length of. */
    static byte[] sized(int lengthBytes, byte[]... parts) {
        byte[] all = join(parts);
        return join(number(lengthBytes, all.length), all);
    }

    static byte[] number(int bytes, int value) {
        byte[] number = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            number[i] = (byte) (value >> 8 * (bytes - 1 - i));
        }
        return number;
    }

    static byte[] extension(int type, byte[]... content) {
        return join(number(2, type), sized(2, content));
    }

    static byte[] serverName(String name) {
        return extension(0, sized(2, number(1, 0), sized(2, text(name))));
    }

    static byte[] protocols(String... names) {
        byte[] all = {};
        for (String name : names) {
            all = join(all, sized(1, text(name)));
        }
        return extension(16, sized(2, all));
    }

    static byte[] versions(int... versions) {
        byte[] all = {};
        for (int version : versions) {
            all = join(all, number(2, version));
        }
        return extension(43, sized(1, all));
    }

    /** A message without the record around it. */
    static byte[] message(byte[]... extensions) {
        return join(number(1, 1), sized(3, start(), sized(2, extensions)));
    }

    /** What stands before the extensions. */
    static byte[] start() {
        return join(
                number(2, 0x0303),
                new byte[32],
                sized(1, new byte[8]),
                sized(2, number(2, 0x1301)),
                sized(1, new byte[1]));
    }

    static byte[] record(byte[] content) {
        return join(number(1, 22), number(2, 0x0301), sized(2, content));
    }

    /** In one record. */
    static byte[] hello(byte[]... extensions) {
        return record(message(extensions));
    }

    /** In records of so many bytes each. */
    static byte[] inRecordsOf(int bytes, byte[] message) {
        byte[] all = {};
        for (int from = 0; from < message.length; from += bytes) {
            all = join(all, record(Arrays.copyOfRange(message, from, Math.min(message.length, from + bytes))));
        }
        return all;
    }
}
