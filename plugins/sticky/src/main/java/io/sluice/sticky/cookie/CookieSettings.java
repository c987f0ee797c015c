package io.sluice.sticky.cookie;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import io.sluice.core.config.Here;
import io.sluice.core.config.Section;
import io.sluice.core.config.Shorthand;
import io.sluice.http.parse.Token;
import java.util.Optional;

/** The group {@code cookie} of an upstream's {@code sticky}. See this module's reference.conf for each. */
record CookieSettings(Settings cookie) {
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_VALUE = 1024;

    /** @param here for messages */
    record Settings(
            @Shorthand String name,
            Optional<ConfigValue> expires,
            Optional<String> domain,
            Optional<String> path,
            boolean httpOnly,
            boolean secure,
            Optional<String> sameSite,
            @Here Section here) {
        /** Reports what cannot stand in a cookie. */
        void check() {
            // Absent it has been reported already.
            if ((!Token.is(name) || name.length() > LONGEST_NAME) && here.has("name")) {
                here.problem("name", "must be 1 to " + LONGEST_NAME + " letters, digits or " + Token.MARKS);
            }
            if (expires.isPresent() && !isMax(expires.get()) && seconds(expires.get()) < 1) {
                here.problem("expires", "must be a time of a second at least, as 1h, or max");
            }
            checkValue("domain", domain);
            checkValue("path", path);
            if (sameSite.isPresent() && isConstant(sameSite.get()) && SameSite.of(sameSite.get()) == null) {
                here.problem("same-site", "must be strict, lax or none, or have a variable");
            }
        }

        private void checkValue(String key, Optional<String> text) {
            if (text.isPresent() && !isAttribute(text.get())) {
                here.problem(
                        key,
                        "must be 1 to " + LONGEST_VALUE + " visible characters of ASCII, none of them a semicolon");
            }
        }

        /** How long it is kept: 0 for a session, {@link Expiry#MAX} for as long as may be said. */
        long expirySeconds() {
            return expires.isEmpty() ? 0 : isMax(expires.get()) ? Expiry.MAX : seconds(expires.get());
        }
    }

    /** Whether a text is what it is for each request. */
    static boolean isConstant(String text) {
        return text.indexOf('$') < 0;
    }

    /** Whether a byte may stand in the value of an attribute (RFC 6265, 4.1.1: any of ASCII but controls and the semicolon). */
    static boolean isOfAttribute(int c) {
        return c >= ' ' && c < 0x7f && c != ';';
    }

    private static boolean isAttribute(String value) {
        boolean good = !value.isBlank() && value.length() <= LONGEST_VALUE;
        for (int i = 0; i < value.length(); i++) {
            good &= isOfAttribute(value.charAt(i));
        }
        return good;
    }

    private static boolean isMax(ConfigValue value) {
        return "max".equals(value.unwrapped());
    }

    /** Answers -1 for what is no time. */
    private static long seconds(ConfigValue value) {
        try {
            long seconds = value.atKey("value").getDuration("value").toSeconds();
            return seconds > Expiry.LONGEST ? -1 : seconds;
        } catch (ConfigException notTime) {
            return -1;
        }
    }
}
