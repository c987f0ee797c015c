package io.sluice.gzip;

import io.sluice.http.parse.Token;
import java.nio.charset.StandardCharsets;

/**
 * What the Accept-Encoding lines of one request say of gzip (RFC 9110, 12.5.3), read strictly: a list that does not keep to the grammar
 * says nothing, and the response goes as it is, which is always right. A coding that is there twice counts with the lower weight. Who
 * gives {@code identity} a higher weight than gzip gets that. {@code x-gzip} is gzip (8.4.1.3).
 *
 * <p>Used again for each request; allocates nothing. <b>Thread:</b> the worker's.
 */
final class AcceptEncoding {
    /** Weights are in thousandths. */
    private static final int MOST = 1000;

    private static final int UNSAID = -1;
    private static final int MALFORMED = -1;

    private static final byte[] GZIP = "gzip".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] X_GZIP = "x-gzip".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] IDENTITY = "identity".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANY = {'*'};

    private int gzip;
    private int identity;
    private int any;
    private boolean bad;

    /** Behind what was read last. */
    private int at;

    AcceptEncoding() {
        reset();
    }

    void reset() {
        gzip = UNSAID;
        identity = UNSAID;
        any = UNSAID;
        bad = false;
    }

    /** Whether a response may and should be sent in gzip. */
    boolean allowsGzip() {
        if (bad) {
            return false;
        }
        int weight = gzip != UNSAID ? gzip : any;
        return weight > 0 && weight >= identity;
    }

    /** Adds the value of one header line. */
    void add(byte[] value, int from, int to) {
        at = from;
        while (!bad && at < to) {
            skipBlanks(value, to);
            if (at < to && value[at] != ',') {
                element(value, to);
                skipBlanks(value, to);
                if (at < to && value[at] != ',') {
                    bad = true;
                }
            }
            at++;
        }
    }

    private void element(byte[] value, int to) {
        int begin = at;
        while (at < to && Token.has(value[at])) {
            at++;
        }
        int end = at;
        if (end == begin) {
            bad = true;
            return;
        }
        int weight = weight(value, to);
        if (weight == MALFORMED) {
            bad = true;
        } else if (is(value, begin, end, GZIP) || is(value, begin, end, X_GZIP)) {
            gzip = lower(gzip, weight);
        } else if (is(value, begin, end, IDENTITY)) {
            identity = lower(identity, weight);
        } else if (is(value, begin, end, ANY)) {
            any = lower(any, weight);
        }
    }

    /** {@code [ OWS ";" OWS "q=" qvalue ]} (RFC 9110, 12.4.2). */
    private int weight(byte[] value, int to) {
        int before = at;
        skipBlanks(value, to);
        if (at == to || value[at] != ';') {
            at = before;
            return MOST;
        }
        at++;
        skipBlanks(value, to);
        if (to - at < 3 || (value[at] | 0x20) != 'q' || value[at + 1] != '=') {
            return MALFORMED;
        }
        at += 2;
        int whole = value[at++] - '0';
        if (whole != 0 && whole != 1) {
            return MALFORMED;
        }
        int weight = whole * MOST;
        if (at < to && value[at] == '.') {
            at++;
            for (int unit = MOST / 10; unit > 0 && at < to && value[at] >= '0' && value[at] <= '9'; unit /= 10) {
                weight += (value[at++] - '0') * unit;
            }
        }
        return weight > MOST ? MALFORMED : weight;
    }

    private void skipBlanks(byte[] value, int to) {
        while (at < to && (value[at] == ' ' || value[at] == '\t')) {
            at++;
        }
    }

    private static int lower(int former, int weight) {
        return former == UNSAID ? weight : Math.min(former, weight);
    }

    private static boolean is(byte[] value, int from, int to, byte[] lowerCase) {
        return Words.same(value, from, to, lowerCase);
    }
}
