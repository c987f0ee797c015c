package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What {@code set-header} may be set to. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SetHeaderTest {

    @Test
    void a_header_that_would_break_the_request_is_refused_with_its_line() {
        String conf = Proxies.with("""
                http.proxy.set-header = [
                  { name = X-Good, value = "a" }
                  { name = "X Bad", value = "$uri" }
                  { name = X-Line, value = "a\\r\\nX-Evil: b" }
                ]
                """);
        ConfigurationException refused = assertThrows(
                ConfigurationException.class, () -> Proxies.builder().load(conf));
        String told = String.valueOf(refused.getMessage());
        assertTrue(told.contains("\"X Bad\" cannot be the name of a header"), told);
        assertTrue(told.contains("the value of X-Line has a control character"), told);
        assertFalse(told.contains("X-Good"), told);
        assertTrue(told.contains("test.conf:6: "), told);
    }
}
