package io.sluice.upstream.balance;

import io.sluice.core.connection.Address;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a server is called where a request wants just this one (nginx's sid). */
public final class ServerId {
    private ServerId() {}

    /**
     * @return the route, else the MD5 of the printable address in hex, as nginx makes it: it hides the address, it secures
     *     nothing
     */
    public static String of(@Nullable String route, Address address) {
        if (route != null) {
            return route;
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest(address.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
