package io.sluice.bench.interop;

import java.util.List;

/** Servers of stream that both have, and what is tried with each. */
final class StreamRows {
    private static final int MEGABYTES = 3 << 20;

    /** Version 2, TCP over IPv4: from 192.0.2.1:4660 to 198.51.100.2:443; a character a byte. */
    private static final String BINARY_HEADER = "\r\n\r\n\0\r\nQUIT\n!\21\0\f\300\0\2\1\3063d\2\0224\1\273";

    private static final String HEADER = "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n";
    private static final String TOLD_NGINX = "return \"$proxy_protocol_addr $proxy_protocol_port $remote_addr\";";
    private static final String TOLD = "return = \"$proxy_protocol_addr $proxy_protocol_port $remote_addr\"";

    private StreamRows() {}

    static List<StreamRow> all() {
        return List.of(
                StreamRow.of(
                        "tcp",
                        "proxy_pass ECHO;",
                        "proxy.pass = \"ECHO\"",
                        StreamClient.hearsAndEnds("hello", "hello")),
                StreamRow.of("tcp, 3 MB", "proxy_pass ECHO;", "proxy.pass = \"ECHO\"", StreamClient.moves(MEGABYTES)),
                StreamRow.of(
                        "tcp, small buffers",
                        "proxy_pass ECHO; proxy_buffer_size 1k;",
                        "proxy { pass = \"ECHO\", buffer-size = 1k, bulk-buffer-size = 1k }",
                        StreamClient.moves(MEGABYTES / 10)),
                StreamRow.of(
                        "the client ends first",
                        "proxy_pass HEARD;",
                        "proxy.pass = \"HEARD\"",
                        StreamClient.saysAndEnds("hello")),
                StreamRow.of(
                        "the client ends first, half-close",
                        "proxy_pass HEARD; proxy_half_close on;",
                        "proxy { pass = \"HEARD\", half-close = on }",
                        StreamClient.saysAndEnds("hello")),
                StreamRow.of(
                        "the peer ends first",
                        "proxy_pass GREETING;",
                        "proxy.pass = \"GREETING\"",
                        StreamClient.times(50, StreamClient.says(""))),
                StreamRow.of(
                        "the peer ends its stream",
                        "proxy_pass ENDING;",
                        "proxy.pass = \"ENDING\"",
                        StreamClient.says("")),
                StreamRow.of(
                        "the peer ends its stream, half-close",
                        "proxy_pass ENDING; proxy_half_close on;",
                        "proxy { pass = \"ENDING\", half-close = on }",
                        StreamClient.hearsAndEnds("hello", "the end")),
                StreamRow.of("nobody there", "proxy_pass NOBODY;", "proxy.pass = \"NOBODY\"", StreamClient.says("")),
                down(
                        "one down, the next is asked",
                        "down",
                        "",
                        "proxy.pass = down",
                        "server NOBODY; server NAMED2; server NAMED3;",
                        "\"NOBODY\", \"NAMED2\", \"NAMED3\""),
                down(
                        "one down, no next is asked",
                        "no_next",
                        "proxy_next_upstream off;",
                        "proxy { pass = no_next, next-upstream = off }",
                        "server NOBODY; server NAMED2; server NAMED3;",
                        "\"NOBODY\", \"NAMED2\", \"NAMED3\""),
                down(
                        "all down, a backup",
                        "with_backup",
                        "",
                        "proxy.pass = with_backup",
                        "server NOBODY; server NAMED5 backup;",
                        "\"NOBODY\", { address = \"NAMED5\", backup = on }"),
                StreamRow.of(
                        "return",
                        "return \"$remote_addr $protocol $server_addr $server_port\\n\";",
                        "return = \"$remote_addr $protocol $server_addr $server_port\\n\"",
                        StreamClient.says("")),
                StreamRow.of(
                        "set and return",
                        "set $who \"<$remote_addr>\"; return $who$who;",
                        "set = [ { name = who, value = \"<$remote_addr>\" } ], return = \"$who$who\"",
                        StreamClient.says("")),
                StreamRow.of("return, nothing", "return \"\";", "return = \"\"", StreamClient.says("")),
                StreamRow.of(
                        "deny",
                        "deny all; return in;",
                        "access = [ { deny = all } ], return = in",
                        StreamClient.says("")),
                StreamRow.of(
                        "allow one of all",
                        "allow 127.0.0.0/8; deny all; return in;",
                        "access = [ { allow = \"127.0.0.0/8\" }, { deny = all } ], return = in",
                        StreamClient.says("")),
                StreamRow.of(
                                "limit-conn",
                                "limit_conn one 1; proxy_pass ECHO;",
                                "limit-conn = [ { zone = one, connections = 1 } ], proxy.pass = \"ECHO\"",
                                StreamClient.beside("hello"))
                        .among(
                                "limit_conn_zone $server_addr zone=one:64k;",
                                "stream.limit-conn-zones.one.key = \"$server_addr\""),
                StreamRow.of(
                        "PROXY protocol out",
                        "proxy_pass LINE; proxy_protocol on;",
                        "proxy { pass = \"LINE\", proxy-protocol = v1 }",
                        StreamClient.hearsAndEnds("hello", "hello")),
                told("PROXY protocol in", HEADER),
                told("PROXY protocol in, binary", BINARY_HEADER),
                told("PROXY protocol in, unknown", "PROXY UNKNOWN\r\n"),
                told("PROXY protocol in, none", "GET / HTTP/1.1\r\n\r\n"),
                StreamRow.of(
                                "PROXY protocol in and out",
                                "proxy_pass LINE; proxy_protocol on;",
                                "proxy { pass = \"LINE\", proxy-protocol = v1 }",
                                StreamClient.hearsAndEnds(HEADER + "hello", "hello"))
                        .listening("proxy_protocol", "proxy-protocol = on"),
                StreamRow.of(
                                "datagrams, each with an answer",
                                "proxy_pass DATAGRAMS; proxy_responses 1;",
                                "proxy { pass = \"DATAGRAMS\", responses = 1 }",
                                StreamClient.datagrams(5, 1, 0, 10_000, 5))
                        .listening("udp", "udp = on"),
                StreamRow.of(
                                "datagrams of one session",
                                "proxy_pass DATAGRAMS; proxy_buffer_size 64k;",
                                "proxy.pass = \"DATAGRAMS\"",
                                StreamClient.datagrams(5, 1, 0, 60_000, 5))
                        .listening("udp", "udp = on"),
                choices("round_robin", "", "round-robin"),
                choices("hashed", "hash $remote_addr;", "{ method = hash, key = \"$remote_addr\" }"),
                choices(
                        "ketama",
                        "hash $remote_addr consistent;",
                        "{ method = hash, key = \"$remote_addr\", consistent = on }"),
                choices("fewest", "least_conn;", "least-conn"));
    }

    private static StreamRow down(
            String name, String upstream, String nginx, String sluice, String nginxServers, String sluiceServers) {
        return StreamRow.of(
                        name,
                        "proxy_pass " + upstream + "; " + nginx,
                        sluice,
                        StreamClient.times(6, StreamClient.says("")))
                .among(
                        "upstream " + upstream + " { " + nginxServers + " }",
                        "upstreams." + upstream + ".servers = [ " + sluiceServers + " ]");
    }

    private static StreamRow told(String name, String header) {
        return StreamRow.of(name, TOLD_NGINX, TOLD, StreamClient.says(header))
                .listening("proxy_protocol", "proxy-protocol = on");
    }

    private static StreamRow choices(String name, String nginx, String sluice) {
        return StreamRow.of(
                        "peers of " + name,
                        "proxy_pass " + name + ";",
                        "proxy.pass = " + name,
                        StreamClient.fromMany(200))
                .among(
                        "upstream " + name + " { " + nginx
                                + " server NAMED2 weight=5; server NAMED3; server NAMED4 weight=2; server NAMED6 down; }",
                        "upstreams." + name + " { balance = " + sluice
                                + ", servers = [ { address = \"NAMED2\", weight = 5 }, \"NAMED3\","
                                + " { address = \"NAMED4\", weight = 2 }, { address = \"NAMED6\", down = on } ] }");
    }
}
