package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NearestNameTest {

    private static final List<String> NAMES =
            List.of("http", "keepalive-timeout", "keepalive-requests", "listen", "proxy.pass", "ssl", "a-b-c-d");

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, '', 3",
        "abc, abd, 1",
        "abc, ab, 1",
        "abc, xabc, 1",
        "abc, acb, 1", // a swap is one slip
        "ca, abc, 3", // no letter is moved twice
        "kitten, sitting, 3"
    })
    void slips_are_counted(String from, String to, int slips) {
        assertEquals(slips, NearestName.distance(from, to));
        assertEquals(slips, NearestName.distance(to, from));
    }

    @ParameterizedTest
    @CsvSource({
        "htp, http",
        "keepalive-timout, keepalive-timeout",
        "keepalive_timeout, keepalive-timeout", // nginx's spelling is no slip
        "keepaliveTimeout, keepalive-timeout",
        "a_b_c_d, a-b-c-d",
        "proxy_pass, proxy.pass",
        "lsiten, listen",
        "sls, ssl",
        "xyz, ",
        "ht, ", // two letters resemble too much
        "listen, ", // the name itself is no help
        "gzip-compression, "
    })
    void the_nearest_is_offered_if_it_is_near(String given, String nearest) {
        assertEquals(nearest, NearestName.of(given, NAMES));
    }

    @ParameterizedTest
    @CsvSource({
        "agr_page, arg_page",
        "ARG-page, arg_page",
        "upstream_htp_etag, upstream_http_etag",
        "arg_, ", // nothing is left that could be meant
        "hosts, host" // a whole name that is as near comes first
    })
    void of_a_family_the_prefix_is_mended_and_the_rest_stays(String given, String nearest) {
        assertEquals(nearest, NearestName.of(given, List.of("host"), List.of("arg_", "host_", "upstream_http_")));
    }

    @ParameterizedTest
    @CsvSource({"htp, ' (did you mean ''http''?)'", "nothing-like-it, ''"})
    void the_hint_ends_a_message(String given, String hint) {
        assertEquals(hint, NearestName.hint(given, NAMES));
    }
}
