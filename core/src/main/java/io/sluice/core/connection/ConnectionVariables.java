package io.sluice.core.connection;

import io.sluice.core.time.CachedTime;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Evaluator;
import io.sluice.core.variable.Variables;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The variables about a client's connection, the time and this process, with nginx's names, for whoever has clients. */
public final class ConnectionVariables {
    private ConnectionVariables() {}

    /**
     * Claims them all, also {@link ProxiedVariables}.
     *
     * @param owner the id of the plugin
     * @param connectionOf the client's connection
     */
    public static <C> void claim(
            Variables.Claims<C> claims, String owner, Function<? super C, Connection> connectionOf) {
        ProxiedVariables.claim(claims, owner, connectionOf);
        claimProcess(claims, owner, connectionOf);
        claims.claim("remote_addr", owner, remote(connectionOf, ConnectionVariables::host))
                .claim("remote_port", owner, remote(connectionOf, ConnectionVariables::port))
                .claim("binary_remote_addr", owner, remote(connectionOf, ConnectionVariables::binary))
                .claim("server_addr", owner, local(connectionOf, ConnectionVariables::host))
                .claim("server_port", owner, local(connectionOf, ConnectionVariables::port))
                .claim(
                        "connection",
                        owner,
                        (c, out) -> number(connectionOf.apply(c).number(), out))
                .claim(
                        "bytes_sent",
                        owner,
                        (c, out) -> number(connectionOf.apply(c).sent(), out))
                .claim(
                        "msec",
                        owner,
                        (c, out) -> seconds(time(connectionOf.apply(c)).epochMillis(), out))
                .claim(
                        "time_local",
                        owner,
                        (c, out) -> bytes(time(connectionOf.apply(c)).commonLogTime(), out))
                .claim(
                        "time_iso8601",
                        owner,
                        (c, out) -> bytes(time(connectionOf.apply(c)).iso8601Time(), out));
    }

    private static <C> void claimProcess(
            Variables.Claims<C> claims, String owner, Function<? super C, Connection> connectionOf) {
        byte[] hostName = HostName.read().getBytes(StandardCharsets.UTF_8);
        // Known where the modules are packaged.
        ModuleDescriptor module = ConnectionVariables.class.getModule().getDescriptor();
        String version = module == null ? "" : module.rawVersion().orElse("");
        byte[] versionBytes = version.getBytes(StandardCharsets.US_ASCII);
        claims.claim("hostname", owner, (_, out) -> bytes(hostName, out))
                .claim("sluice_version", owner, (_, out) -> versionBytes.length > 0 && bytes(versionBytes, out))
                .claim("pid", owner, (c, out) -> number(processId(connectionOf.apply(c)), out));
    }

    private static long processId(Connection c) {
        return c.owner().engine().log().speaker().origin().processId();
    }

    private static <C> Evaluator<C> remote(Function<? super C, Connection> connectionOf, Evaluator<Address> value) {
        return (context, out) -> of(connectionOf.apply(context).remoteAddress(), value, out);
    }

    private static <C> Evaluator<C> local(Function<? super C, Connection> connectionOf, Evaluator<Address> value) {
        return (context, out) -> of(connectionOf.apply(context).localAddress(), value, out);
    }

    private static boolean of(@Nullable Address address, Evaluator<Address> value, BytesSink out) {
        return address != null && value.write(address, out);
    }

    private static CachedTime time(Connection c) {
        return c.owner().engine().time();
    }

    private static boolean host(Address address, BytesSink out) {
        address.putHost(out);
        return true;
    }

    private static boolean port(Address address, BytesSink out) {
        return number(address.port(), out);
    }

    private static boolean binary(Address address, BytesSink out) {
        for (int i = 0; i < address.length(); i++) {
            out.put(address.byteAt(i));
        }
        return true;
    }

    private static boolean number(long number, BytesSink out) {
        out.putLong(number);
        return true;
    }

    private static boolean seconds(long millis, BytesSink out) {
        out.putSeconds(millis);
        return true;
    }

    private static boolean bytes(byte[] bytes, BytesSink out) {
        out.put(bytes);
        return true;
    }
}
