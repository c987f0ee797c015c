package io.sluice.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryPolicyTest {
    @ParameterizedTest
    @CsvSource({
        // enabled, unsafe too, timeout | condition, repeat, left, elapsed | allowed
        "6, false, 0,   2, UNSENT, 1, 0, true",
        "6, false, 0,   4, SAFE, 1, 0, true",
        "6, false, 0,   6, SAFE, 1, 0, true",
        "6, false, 0,   2, SAFE, 0, 0, false",
        "6, false, 0,   8, SAFE, 1, 0, false",
        // all bits must be enabled
        "2, false, 0,   6, SAFE, 1, 0, false",
        "0, false, 0,   2, UNSENT, 1, 0, false",
        // nothing that a policy covers has happened
        "6, false, 0,   0, UNSENT, 1, 0, false",
        "6, false, 0,   2, UNSAFE, 1, 0, false",
        "6, true, 0,    2, UNSAFE, 1, 0, true",
        "6, true, 0,    2, IMPOSSIBLE, 1, 0, false",
        "6, false, 50,  2, SAFE, 1, 49, true",
        "6, false, 50,  2, SAFE, 1, 50, false",
        "6, true, 50,   2, UNSENT, 1, 51, false",
        "-1, false, 0,  -2147483648, SAFE, 3, 0, true",
    })
    void allows_another_attempt_by_the_rules_of_nginx(
            int enabled,
            boolean nonIdempotent,
            long timeout,
            int condition,
            Repeat repeat,
            int left,
            long elapsed,
            boolean allowed) {
        RetryPolicy policy = new RetryPolicy(enabled, 0, timeout, nonIdempotent);
        assertEquals(allowed, policy.mayTryNext(condition, repeat, left, elapsed));
    }

    @Test
    void never_means_one_attempt() {
        assertFalse(RetryPolicy.NEVER.mayTryNext(RetryPolicy.ERROR, Repeat.UNSENT, 5, 0));
        assertEquals(1, RetryPolicy.NEVER.tries());
    }

    @Test
    void refuses_what_is_negative() {
        assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(0, -1, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(0, 0, -1, false));
    }
}
