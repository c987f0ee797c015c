package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UriNormalizerTest {

    @ParameterizedTest
    @CsvSource({
        "/,                    /",
        "/a/b,                 /a/b",
        "/a%20b,               '/a b'",
        "/%61%2F%62,           /a/b",
        "/a//b///,             /a/b/",
        "//,                   /",
        "/a/./b/.,             /a/b/",
        "/a/../b,              /b",
        "/a/b/..,              /a/",
        "/a/b/../,             /a/",
        "/a/..,                /",
        "/a/../..%2fb,         ABOVE_ROOT",
        "/a//../b,             /b",
        "/a/%2e%2E/b,          /b",
        "/a/.%2e/b,            /b",
        "/a%2f..%2fb,          /b",
        "/.../..a/a../.a,      /.../..a/a../.a",
        "/a/b/c/../../d,       /a/d",
        "/%25%32%65,           /%2e",
        "/%2525,               /%25",
        "/a%3fb%23c,           /a?b#c",
        "/..,                  ABOVE_ROOT",
        "/../a,                ABOVE_ROOT",
        "/a/../../b,           ABOVE_ROOT",
        "/./..,                ABOVE_ROOT",
        "/%2e%2e/a,            ABOVE_ROOT",
        "//..,                 ABOVE_ROOT",
        "/a%00,                ESCAPED_NUL",
        "/%,                   BAD_ESCAPE",
        "/%4,                  BAD_ESCAPE",
        "/%4g,                 BAD_ESCAPE",
        "/%g4,                 BAD_ESCAPE",
        "/%%41,                BAD_ESCAPE",
        "/%-1,                 BAD_ESCAPE",
        "/%u0041,              BAD_ESCAPE"
    })
    void a_path_becomes_the_one_that_is_looked_up(String path, String expected) {
        UriNormalizer normalizer = new UriNormalizer();
        byte[] source = Wire.bytes("x" + path + "y");
        byte[] target = new byte[3 + path.length()];
        boolean good = normalizer.normalize(source, 1, source.length - 1, target, 3);
        if (expected.startsWith("/")) {
            assertTrue(good);
            assertEquals(expected, Wire.text(target, 3, normalizer.end() - 3));
        } else {
            assertFalse(good);
            assertEquals(Fault.valueOf(expected), normalizer.fault());
            assertEquals(400, normalizer.fault().status());
        }
        assertEquals(good, normalizer.normalize(source, 1, source.length - 1, source, 1));
        if (good) {
            assertEquals(expected, Wire.text(source, 1, normalizer.end() - 1));
        }
    }
}
