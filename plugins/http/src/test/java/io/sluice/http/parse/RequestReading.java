package io.sluice.http.parse;

/** All a request parser says about one message, as text, so that two readings can be compared. */
final class RequestReading implements Windows.Parser {
    final RequestHeadParser parser;

    RequestReading(HeadLimits limits) {
        parser = new RequestHeadParser(limits, KnownHeaders.STANDARD);
    }

    static String of(byte[] message, int[] ends, int moveEvery, int poison) {
        return new RequestReading(Wire.LIMITS).read(message, ends, moveEvery, poison);
    }

    static String whole(byte[] message) {
        return of(message, Wire.whole(message.length), 0, 'x');
    }

    String read(byte[] message, int[] ends, int moveEvery, int poison) {
        parser.reset();
        Windows windows = new Windows(message, poison);
        Parse result = windows.feed(this, ends, moveEvery);
        StringBuilder all = new StringBuilder()
                .append(result)
                .append(' ')
                .append(parser.fault())
                .append(" at ")
                .append(windows.consumed())
                .append(' ');
        if (parser.lineRead()) {
            line(all, windows);
        }
        all.append(windows.headers(parser.headers()));
        if (result == Parse.DONE) {
            outcome(all, windows);
        }
        return all.toString();
    }

    private void line(StringBuilder all, Windows windows) {
        RequestLine line = parser.line();
        int segment = line.segment();
        all.append(line.method())
                .append(' ')
                .append(windows.text(segment, line.methodOffset(), line.methodLength()))
                .append(" target ")
                .append(windows.text(segment, line.targetOffset(), line.targetLength()))
                .append(' ')
                .append(line.form())
                .append(line.https() ? " https host " : " host ")
                .append(windows.text(segment, line.hostOffset(), line.hostLength()))
                .append(" port ")
                .append(line.port())
                .append(" path ")
                .append(windows.text(segment, line.pathOffset(), line.pathLength()))
                .append(line.complexPath() ? " complex" : " simple")
                .append(line.hasQuery() ? " query " : " ")
                .append(windows.text(segment, line.queryOffset(), line.queryLength()))
                .append(line.http11() ? " 1.1 " : " 1.0 ");
    }

    private void outcome(StringBuilder all, Windows windows) {
        all.append(" host ")
                .append(windows.text(parser.hostSegment(), parser.hostOffset(), parser.hostLength()))
                .append(" port ")
                .append(parser.port())
                .append(' ')
                .append(parser.framing())
                .append(' ')
                .append(parser.contentLength())
                .append(parser.keepAlive() ? " keep" : " close")
                .append(parser.upgrade() ? " upgrade" : "")
                .append(parser.expectContinue() ? " continue" : "");
        for (int i = 0; i < parser.headers().size(); i++) {
            all.append(parser.namedByConnection(i) ? " -" + i : "");
        }
    }

    @Override
    public Parse parse(byte[] bytes, int from, int to) {
        return parser.parse(bytes, from, to);
    }

    @Override
    public int position() {
        return parser.position();
    }

    @Override
    public void nextSegment() {
        parser.nextSegment();
    }
}
