package io.sluice.http.parse;

import java.util.List;

/** Messages to cut and to mutate: good ones, and some that go wrong late. */
final class Samples {
    static final List<String> REQUESTS = List.of(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "\r\nGET /hello HTTP/1.1\r\nHost: localhost\r\nUser-Agent: x\r\nAccept: */*\r\n\r\nGET /next",
            "POST /a/%2e%2E/b?c HTTP/1.1\r\nHost: [::1]:80\r\nContent-Length: 5\r\nX-Y-Z: 1\r\n\r\nhello",
            "PUT http://example.com:80/x?y HTTP/1.1\r\nX: y\r\nhost:EXAMPLE.com\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: a.b\r\nConnection: x, te\r\nTE: a\r\nX: 1\r\n\r\n",
            "GET https://a/%41 HTTP/1.1\r\nHost: a:443\r\n\r\n",
            "CONNECT a.b.c:443 HTTP/1.1\r\nHost: a.b.c:443\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n0\r\n\r\n",
            "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nAccept-Language: de\r\n\r\n",
            "GET /old HTTP/1.0\r\nConnection: keep-alive\r\nX:\t \377\t b \r\nEmpty:\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Long-Name-That-Goes-On: 1\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
            "GET /" + "a".repeat(300) + " HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nX: " + "a".repeat(300) + "\r\n\r\n",
            "GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(30) + "\r\n");

    static final List<String> RESPONSES = List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: x\r\nDate: now\r\n\r\nhello",
            "HTTP/1.1 204 \r\nX-Accel-Redirect: /x\r\n\r\n",
            "HTTP/1.0 304\r\nConnection: keep-alive\r\nETag: \"a\"\r\n\r\n",
            "HTTP/1.1 200 A b\t\377\r\nTransfer-Encoding: chunked\r\nTrailer: x\r\nVary: a\r\nVary: b\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\nbytes",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
            "HTTP/1.1 200 " + "a".repeat(300) + "\r\n\r\n",
            "HTTP/1.1 2000 OK\r\n\r\n");

    static final List<String> BODIES = List.of(
            "0\r\n\r\n",
            "5\r\nhello\r\n0\r\n\r\nGET / HTTP/1.1\r\n",
            "5\r\nhello\r\n0000000000000B\r\n, chunked..\r\n00\r\n\r\n",
            "3;a;b=c;d=\"e \\\" ; \t\377\";f\r\nabc\r\n0 ; g = h\r\n\r\n",
            "2\r\n\r\n\r\n0\r\nX-Sum: 1\r\nY:\r\n\r\nrest",
            "2;" + "a".repeat(50) + "\r\nab\r\n0\r\nX-Sum: 2\r\n\r\n",
            "1\r\na\r\n0\r\nContent-Length: 5\r\n\r\n",
            "1\r\nab\r\n0\r\n\r\n",
            "5\r\nhello\n0\r\n\r\n",
            "5\nhello\r\n0\r\n\r\n",
            "5;a=\"\r\n\"\r\nhello",
            "0\r\nX: " + "a".repeat(200) + "\r\n\r\n",
            "1;" + "a".repeat(100) + "\r\nb\r\n0\r\n\r\n");

    private Samples() {}
}
