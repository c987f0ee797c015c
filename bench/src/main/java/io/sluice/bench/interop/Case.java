package io.sluice.bench.interop;

import java.nio.charset.StandardCharsets;

/**
 * One request.
 *
 * @param request the request line and the headers, without those that every request has; lines end with {@code \n}
 */
record Case(String name, String request) {

    /** Host and the wish to close follow where the version has them and the request does not speak of them. */
    byte[] wire(int port) {
        StringBuilder text = new StringBuilder();
        int headEnd = request.indexOf("\n\n");
        String head = headEnd < 0 ? request : request.substring(0, headEnd);
        String body = headEnd < 0 ? "" : request.substring(headEnd + 2);
        text.append(head.replace("\n", "\r\n")).append("\r\n");
        if (!head.contains("Host:") && !head.contains("HTTP/1.0")) {
            text.append("Host: 127.0.0.1:").append(port).append("\r\n");
        }
        return text.append("Connection: close\r\n\r\n").append(body).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean isHead() {
        return request.startsWith("HEAD ");
    }
}
