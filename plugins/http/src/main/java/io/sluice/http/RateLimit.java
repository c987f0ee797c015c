package io.sluice.http;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How fast the answers of one location leave ({@code limit-rate}, {@code limit-rate-after}). Immutable, shared by all workers.
 */
final class RateLimit {
    private static final String EXPECTED =
            "must be a number of bytes, as 100k, 2m or 0, or a text with variables, is \"";

    /** More than any network; what is calculated with it stays in a long. */
    private static final long MOST = 1L << 40;

    private static final int INVALID = -1;

    private final SizeText rate;
    private final SizeText after;

    private RateLimit(SizeText rate, SizeText after) {
        this.rate = rate;
        this.after = after;
    }

    /**
     * A size, or what it is made of.
     *
     * @param template null if it is always the same
     */
    private record SizeText(long bytes, @Nullable Template<HttpRequest> template) {
        static SizeText read(LocationView location, String key, String text) {
            Template<HttpRequest> template = location.template(key, text);
            if (!template.isConstant()) {
                return new SizeText(0, template);
            }
            byte[] constant = text.getBytes(StandardCharsets.UTF_8);
            long bytes = parse(constant, constant.length);
            if (bytes == INVALID) {
                location.problem(key, EXPECTED + text + '"');
            }
            return new SizeText(bytes, null);
        }

        /** What cannot be understood says nothing, as in nginx. */
        long of(HttpRequest request) {
            Template<HttpRequest> varying = template;
            if (varying == null) {
                return bytes;
            }
            BytesSink sink = request.evaluate(varying);
            return Math.max(0, parse(sink.array(), sink.count()));
        }
    }

    static RateLimit read(LocationView location, RateSettings settings) {
        return new RateLimit(
                SizeText.read(location, "limit-rate", settings.limitRate()),
                SizeText.read(location, "limit-rate-after", settings.limitRateAfter()));
    }

    /** Bytes a second; 0 for no limit. */
    long bytesPerSecond(HttpRequest request) {
        return rate.of(request);
    }

    /** Bytes that leave as fast as they can before the limit counts. */
    long afterBytes(HttpRequest request) {
        return after.of(request);
    }

    /**
     * What may leave now: of every second that has begun its bytes, without those that have left (ngx_http_write_filter).
     *
     * @param sent bytes of this answer, with its head
     * @return 0 or less if nothing may: so many bytes too many have left
     */
    static long allowance(long bytesPerSecond, long afterBytes, long elapsedNanos, long sent) {
        return bytesPerSecond * (elapsedNanos / 1_000_000_000L + 1) - (sent - afterBytes);
    }

    /** For how long nothing more may leave after a send, so that the next is not for a few bytes. */
    static long pauseMillis(long bytesPerSecond, long afterBytes, long sentBefore, long sentNow) {
        long counted = Math.max(0, sentNow - afterBytes) - Math.max(0, sentBefore - afterBytes);
        return counted * 1000 / bytesPerSecond;
    }

    private static long parse(byte[] text, int length) {
        long factor = length == 0 ? 1 : factor(text[length - 1]);
        int digits = factor == 1 ? length : length - 1;
        if (digits == 0) {
            return INVALID;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return INVALID;
            }
            value = Math.min(MOST, value * 10 + digit);
        }
        return Math.min(MOST, value * factor);
    }

    private static long factor(byte unit) {
        return switch (unit) {
            case 'k', 'K' -> 1 << 10;
            case 'm', 'M' -> 1 << 20;
            case 'g', 'G' -> 1 << 30;
            default -> 1;
        };
    }
}
