package io.sluice.gzip;

import io.sluice.http.HttpRequest;
import io.sluice.http.parse.HeaderName;

/**
 * Whether a response is one that is compressed for those who accept it: its status, type and length.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Suitability {
    /** Longer values of Content-Type are no media type of the configuration. */
    private static final int LONGEST_TYPE = 256;

    private final byte[] scratch = new byte[LONGEST_TYPE];

    boolean suits(HttpRequest request, GzipConf conf) {
        int status = request.status();
        long length = request.responseLength();
        return (status == 200 || status == 403 || status == 404)
                && (length < 0 || length >= conf.minLength())
                && request.responseHeaderIndex(HeaderName.CONTENT_ENCODING) < 0
                && typeSuits(request, conf.types());
    }

    private boolean typeSuits(HttpRequest request, MediaTypes types) {
        int header = request.responseHeaderIndex(HeaderName.CONTENT_TYPE);
        if (header >= 0) {
            int length = request.responseHeaderValue(header, scratch);
            return types.have(scratch, Math.min(length, LONGEST_TYPE));
        }
        byte[] type = request.contentType();
        return type == null ? types.have(scratch, 0) : types.have(type, type.length);
    }
}
