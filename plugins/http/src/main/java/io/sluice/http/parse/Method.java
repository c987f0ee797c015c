package io.sluice.http.parse;

/** The request methods a server decides by. Any other token is {@link #OTHER}, its text stays in the request line. */
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    OPTIONS,
    TRACE,
    CONNECT,
    PATCH,
    OTHER;

    /** Method names are case-sensitive (RFC 9110, 9.1): {@code get} is {@link #OTHER}. */
    static Method of(byte[] bytes, int at, int length) {
        return switch (length) {
            case 3 -> bytes[at] == 'G' ? known(GET, "GET", bytes, at) : known(PUT, "PUT", bytes, at);
            case 4 -> bytes[at] == 'P' ? known(POST, "POST", bytes, at) : known(HEAD, "HEAD", bytes, at);
            case 5 -> bytes[at] == 'P' ? known(PATCH, "PATCH", bytes, at) : known(TRACE, "TRACE", bytes, at);
            case 6 -> known(DELETE, "DELETE", bytes, at);
            case 7 -> bytes[at] == 'O' ? known(OPTIONS, "OPTIONS", bytes, at) : known(CONNECT, "CONNECT", bytes, at);
            default -> OTHER;
        };
    }

    private static Method known(Method method, String text, byte[] bytes, int at) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return OTHER;
            }
        }
        return method;
    }
}
