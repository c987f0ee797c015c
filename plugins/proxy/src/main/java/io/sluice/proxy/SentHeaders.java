package io.sluice.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.core.config.NameValue;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.http.HttpRequest;
import io.sluice.http.LocationView;
import io.sluice.http.parse.HeaderLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code proxy.set-header}: the lines that are sent whatever the client sent. An empty value only takes the client's header away.
 * Immutable, shared by all workers.
 */
final class SentHeaders {
    private final byte[] constant;
    private final List<Line> lines;
    private final byte[][] names;

    /** A line whose value depends on the request. */
    private record Line(byte[] name, Template<HttpRequest> value) {}

    private SentHeaders(byte[] constant, List<Line> lines, byte[][] names) {
        this.constant = constant;
        this.lines = lines;
        this.names = names;
    }

    static SentHeaders read(LocationView location, List<NameValue> headers, String proxyHost) {
        StringBuilder constant = new StringBuilder();
        List<Line> lines = new ArrayList<>();
        byte[][] names = new byte[headers.size()][];
        for (int i = 0; i < names.length; i++) {
            NameValue header = headers.get(i);
            String wrong = HeaderLine.fault(header.name(), header.value());
            if (wrong != null) {
                location.problem("proxy.set-header", wrong);
            }
            names[i] = header.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
            String value = header.value().equals("$proxy_host") ? proxyHost : header.value();
            Template<HttpRequest> template = location.template("proxy.set-header", value);
            if (!template.isConstant()) {
                lines.add(new Line((header.name() + ": ").getBytes(StandardCharsets.US_ASCII), template));
            } else if (!value.isEmpty()) {
                constant.append(header.name()).append(": ").append(value).append("\r\n");
            }
        }
        return new SentHeaders(constant.toString().getBytes(StandardCharsets.UTF_8), lines, names);
    }

    /** Whether a header of the client is not passed on because one of these takes its place. */
    boolean replaces(HttpRequest request, int header) {
        for (byte[] name : names) {
            if (request.headerIs(header, name)) {
                return true;
            }
        }
        return false;
    }

    byte[] constant() {
        return constant;
    }

    /**
     * Puts the lines that depend on the request behind what a Buf holds; a value without bytes puts no line.
     *
     * @return null, or what is wrong with a value: a line end in it would let the client write the request
     */
    @Nullable
    String put(HttpRequest request, Buf to) {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            BytesSink value = request.evaluate(line.value);
            if (!HeaderLine.isValue(value.array(), 0, value.count())) {
                return "a header for the peer would contain a control character";
            }
            if (value.count() + line.name.length + 2 > to.room()) {
                return "the headers for the peer are too large";
            }
            if (!value.isEmpty()) {
                to.put(line.name);
                to.put(value.array(), 0, value.count());
                to.put((byte) '\r');
                to.put((byte) '\n');
            }
        }
        return null;
    }

    boolean isDynamic() {
        return !lines.isEmpty();
    }
}
