package io.sluice.proxy;

import io.sluice.upstream.RetryPolicy;
import java.util.List;

/** The conditions of {@code proxy.next-upstream}, with nginx's names and values. */
enum NextUpstream {
    ERROR(RetryPolicy.ERROR),
    TIMEOUT(RetryPolicy.TIMEOUT),
    INVALID_HEADER(0x8),
    HTTP_500(0x10),
    HTTP_502(0x20),
    HTTP_503(0x40),
    HTTP_504(0x80),
    HTTP_403(0x100),
    HTTP_404(0x200),
    HTTP_429(0x400),
    NON_IDEMPOTENT(0x4000),
    OFF(0);

    private final int bit;

    NextUpstream(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    /** All bits of a list; {@link #OFF} takes the others away. */
    static int bits(List<NextUpstream> conditions) {
        if (conditions.contains(OFF)) {
            return 0;
        }
        int bits = 0;
        for (NextUpstream condition : conditions) {
            bits |= condition.bit;
        }
        return bits & ~NON_IDEMPOTENT.bit;
    }

    /** The condition that an answer's status is, or 0. */
    static int ofStatus(int status) {
        return switch (status) {
            case 500 -> HTTP_500.bit;
            case 502 -> HTTP_502.bit;
            case 503 -> HTTP_503.bit;
            case 504 -> HTTP_504.bit;
            case 403 -> HTTP_403.bit;
            case 404 -> HTTP_404.bit;
            case 429 -> HTTP_429.bit;
            default -> 0;
        };
    }

    /** Whether the peer is well though another is asked: it has the answer, only not this one. */
    static boolean isHarmless(int status) {
        return status == 403 || status == 404;
    }
}
