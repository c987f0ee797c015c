package io.sluice.http.parse;

/** All a response parser says about one message, as text, so that two readings can be compared. */
final class ResponseReading implements Windows.Parser {
    final ResponseHeadParser parser = new ResponseHeadParser(Wire.LIMITS, KnownHeaders.STANDARD);

    static String of(byte[] message, int[] ends, int moveEvery, int poison) {
        return new ResponseReading().read(Method.GET, message, ends, moveEvery, poison);
    }

    static String whole(byte[] message) {
        return of(message, Wire.whole(message.length), 0, 'x');
    }

    String read(Method asked, byte[] message, int[] ends, int moveEvery, int poison) {
        parser.reset(asked);
        Windows windows = new Windows(message, poison);
        Parse result = windows.feed(this, ends, moveEvery);
        StringBuilder all = new StringBuilder()
                .append(result)
                .append(' ')
                .append(parser.fault())
                .append(" at ")
                .append(windows.consumed())
                .append(' ')
                .append(parser.status());
        if (parser.status() > 0) {
            all.append(' ')
                    .append(windows.text(parser.lineSegment(), parser.reasonOffset(), parser.reasonLength()))
                    .append(parser.http11() ? " 1.1 " : " 1.0 ");
        }
        all.append(windows.headers(parser.headers()));
        if (result == Parse.DONE) {
            all.append(' ')
                    .append(parser.framing())
                    .append(' ')
                    .append(parser.contentLength())
                    .append(parser.keepAlive() ? " keep" : " close")
                    .append(parser.interim() ? " interim" : "");
        }
        return all.toString();
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
