package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReferenceDocsTest {

    @Test
    void settings_without_a_comment_directly_above_are_named() {
        assertEquals(
                List.of("b", "http.d", "http.e", "http.g"),
                ReferenceDocs.undocumented(ConfigFactory.parseString("""
                        # What a is.
                        a = 1
                        b = 2
                        http {
                            # What c is.
                            c = []

                            d = []
                            # Too far away.

                            e = null
                            # What f is.
                            f { }
                            g { }
                            # What h.i is.
                            h.i = 1
                        }
                        """).root()));
    }
}
