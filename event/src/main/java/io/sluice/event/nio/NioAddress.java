package io.sluice.event.nio;

import io.sluice.core.connection.Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Our addresses and the JDK's, one from the other. */
final class NioAddress {
    /** What the JDK makes the text of a path from and to. */
    private static final Charset PATHS = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private NioAddress() {}

    static ProtocolFamily family(Address address) {
        return switch (address.family()) {
            case INET -> StandardProtocolFamily.INET;
            case INET6 -> StandardProtocolFamily.INET6;
            case UNIX -> StandardProtocolFamily.UNIX;
        };
    }

    /**
     * @throws java.nio.file.InvalidPathException for an abstract unix name
     * @throws UnknownHostException for a zone that this machine does not have
     */
    static SocketAddress toJdk(Address address) throws UnknownHostException {
        return switch (address.family()) {
            case INET -> new InetSocketAddress(InetAddress.getByAddress(address.bytes()), address.port());
            case INET6 -> new InetSocketAddress(inet6(address), address.port());
            case UNIX -> UnixDomainSocketAddress.of(path(address));
        };
    }

    static Path path(Address unix) {
        return Path.of(new String(unix.bytes(), PATHS));
    }

    static @Nullable Address fromJdk(@Nullable SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet -> fromInet(inet);
            case UnixDomainSocketAddress unix ->
                Address.unix(unix.getPath().toString().getBytes(PATHS));
            case null, default -> null;
        };
    }

    private static InetAddress inet6(Address address) throws UnknownHostException {
        return address.scope() == 0
                ? InetAddress.getByAddress(address.bytes())
                : Inet6Address.getByAddress(null, address.bytes(), address.scope());
    }

    private static Address fromInet(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        int scope = host instanceof Inet6Address inet6 ? inet6.getScopeId() : 0;
        return Address.inet(host.getAddress(), address.getPort(), scope);
    }
}
