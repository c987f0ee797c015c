package io.sluice.core.connection;

import io.sluice.core.variable.BytesSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a socket is: an IPv4 or IPv6 address with a port, or the path of a unix socket. A value; its text is made when asked for.
 */
public final class Address {
    /** What the bytes of an address mean. */
    public enum Family {
        INET,
        INET6,
        /** The bytes are a path, or a name that begins with a zero byte. */
        UNIX
    }

    private final Family family;
    private final byte[] bytes;
    private final int port;
    private final int scope;
    private @Nullable String text;

    private Address(Family family, byte[] bytes, int port, int scope) {
        this.family = family;
        this.bytes = bytes;
        this.port = port;
        this.scope = scope;
    }

    /** @param bytes four of them, or sixteen; now the address's own */
    public static Address inet(byte[] bytes, int port) {
        return inet(bytes, port, 0);
    }

    /** @param scope the zone of a link-local IPv6 address, else 0 */
    public static Address inet(byte[] bytes, int port, int scope) {
        if (bytes.length != 4 && bytes.length != 16) {
            throw new IllegalArgumentException("an internet address has 4 or 16 bytes, not " + bytes.length);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, is " + port);
        }
        return new Address(bytes.length == 4 ? Family.INET : Family.INET6, bytes, port, scope);
    }

    /** @param path without a closing zero byte; now the address's own */
    public static Address unix(byte[] path) {
        return new Address(Family.UNIX, path, 0, 0);
    }

    public Family family() {
        return family;
    }

    /** How many bytes {@link #byteAt} knows. */
    public int length() {
        return bytes.length;
    }

    public byte byteAt(int index) {
        return bytes[index];
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** 0 for a unix socket. */
    public int port() {
        return port;
    }

    public int scope() {
        return scope;
    }

    /** Whether it means every address of the machine, so that an accepted connection has to be asked for its own. */
    public boolean isWildcard() {
        if (family == Family.UNIX) {
            return false;
        }
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    public boolean isUnix() {
        return family == Family.UNIX;
    }

    /** Whether it is the name of a unix socket that is no file. */
    public boolean isAbstract() {
        return family == Family.UNIX && bytes.length > 0 && bytes[0] == 0;
    }

    /** The address of the same family that means every address of the machine, with port 0; a unix socket's is the one without a name. */
    public Address wildcard() {
        return new Address(family, new byte[family == Family.UNIX ? 0 : bytes.length], 0, 0);
    }

    /** The same address with another port. */
    public Address withPort(int newPort) {
        return family == Family.UNIX ? this : inet(bytes, newPort, scope);
    }

    /** Without the port, as nginx's addr_text: {@code 127.0.0.1}, {@code ::1}, {@code unix:/run/x}. */
    public String host() {
        return switch (family) {
            case INET -> AddressText.inet(bytes, 0);
            case INET6 -> AddressText.inet6(bytes);
            case UNIX -> "unix:" + AddressText.path(bytes);
        };
    }

    /** Appends {@link #host}; of IPv4 without a string on the way. */
    public void putHost(BytesSink out) {
        switch (family) {
            case INET -> {
                for (int i = 0; i < bytes.length; i++) {
                    if (i > 0) {
                        out.put((byte) '.');
                    }
                    out.putLong(bytes[i] & 255);
                }
            }
            case INET6, UNIX -> out.putAscii(host());
        }
    }

    /** With port and zone: {@code 127.0.0.1:80}, {@code [::1]:80}, {@code [fe80::1%2]:80}, {@code unix:/run/x}. */
    @Override
    public String toString() {
        String made = text;
        if (made == null) {
            made = switch (family) {
                case INET -> host() + ":" + port;
                case INET6 -> "[" + host() + (scope == 0 ? "" : "%" + scope) + "]:" + port;
                case UNIX -> host();
            };
            text = made;
        }
        return made;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Address that
                && family == that.family
                && port == that.port
                && scope == that.scope
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        // Steps wider than a byte and a port: with those of Arrays.hashCode eight addresses of one network have the
        // same.
        int hash = 0;
        for (byte each : bytes) {
            hash = 257 * hash + each;
        }
        return 65_537 * hash + port;
    }
}
