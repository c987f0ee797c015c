package io.sluice.http;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Evaluator;
import io.sluice.core.variable.Variables;
import java.nio.charset.StandardCharsets;

/** The variables about the headers of a request, with nginx's names. */
final class HeaderVariables {
    private HeaderVariables() {}

    static void claim(Variables.Claims<HttpRequest> claims, String owner) {
        claims.claim("content_length", owner, header("content_length"))
                .claim("content_type", owner, header("content_type"))
                .claim("remote_user", owner, BasicUser::write)
                .claimPrefix("http_", owner, HeaderVariables::header)
                .claimPrefix("cookie_", owner, HeaderVariables::cookie);
    }

    /** All values of a name in one, as nginx has them since 1.23. */
    private static Evaluator<HttpRequest> header(String suffix) {
        byte[] name = suffix.replace('_', '-').getBytes(StandardCharsets.US_ASCII);
        String separator = suffix.equals("cookie") ? "; " : ", ";
        return (request, out) -> all(request, name, separator, out);
    }

    private static boolean all(HttpRequest request, byte[] name, String separator, BytesSink out) {
        boolean found = false;
        for (int i = 0; i < request.headerCount(); i++) {
            if (request.headerIs(i, name)) {
                if (found) {
                    out.putAscii(separator);
                }
                request.putHeaderValue(i, out);
                found = true;
            }
        }
        return found;
    }

    private static Evaluator<HttpRequest> cookie(String lowerCase) {
        byte[] name = lowerCase.getBytes(StandardCharsets.US_ASCII);
        return (request, out) -> request.cookie(name, out);
    }
}
