package io.sluice.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.config.References;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.KeepaliveProbes;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.TransportStages;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ListenSettingTest {

    @Test
    void a_text_is_an_address_with_default_options() {
        ListenSetting setting = one("listen = \"127.0.0.1:80\"");
        assertEquals(List.of(Address.inet(new byte[] {127, 0, 0, 1}, 80)), setting.addresses());
        assertEquals(ListenOptions.DEFAULT, setting.options());
        assertEquals("test.conf:1: listen", setting.where());
    }

    @Test
    void an_object_sets_every_option() {
        ListenSetting setting = one("""
                listen = [
                  { address = "[::]:80", backlog = 7, rcvbuf = 64k, sndbuf = 32k, so-keepalive = "30m::10", ipv6only = off
                    reuseport = on, deferred = on, fastopen = 9, sndlowat = 1k, notsent-lowat = 16k, pool-size = 1k }
                ]""");
        ListenOptions expected = ListenOptions.DEFAULT
                .with()
                .backlog(7)
                .receiveBuffer(65_536)
                .sendBuffer(32_768)
                .keepalive(new KeepaliveProbes(true, 1800, 0, 10))
                .ipv6Only(false)
                .reusePort(true)
                .deferred(true)
                .fastOpen(9)
                .sendLowat(1024)
                .notSentLowat(16_384)
                .pool(1024)
                .build();
        assertEquals(expected, setting.options());
        assertEquals("test.conf:2: listen[0]", setting.where());
    }

    @Test
    void a_file_of_a_unix_socket_has_a_mode() {
        assertEquals(
                0660,
                one("listen = { address = \"unix:/run/x\", mode = 660 }")
                        .options()
                        .fileMode());
        assertEquals(
                0600,
                one("listen = { address = \"unix:/run/x\", mode = \"0600\" }")
                        .options()
                        .fileMode());
        assertEquals(0666, one("listen = \"unix:/run/x\"").options().fileMode());
    }

    @ParameterizedTest
    @CsvSource({
        "on, true, 0, 0, 0",
        "off, false, 0, 0, 0",
        "'\"30m::10\"', true, 1800, 0, 10",
        "'\"::1\"', true, 0, 0, 1",
        "'\":5:\"', true, 0, 5, 0",
        "'\"1h:1m:127\"', true, 3600, 60, 127",
        "'{ idle = 30m, interval = 10s, probes = 3 }', true, 1800, 10, 3",
        "'{ interval = 1500ms }', true, 0, 2, 0",
        "'{ enabled = off, probes = 3 }', false, 0, 0, 0",
    })
    void keepalive_is_a_switch_a_short_text_or_an_object(String value, boolean on, int idle, int interval, int probes) {
        KeepaliveProbes expected = new KeepaliveProbes(on, idle, interval, probes);
        assertEquals(
                expected,
                one("listen = { address = \"80\", so-keepalive = " + value + " }")
                        .options()
                        .keepalive());
    }

    @Test
    void without_a_word_keepalive_is_left_to_the_system() {
        assertNull(one("listen = \"80\"").options().keepalive());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"::", "1:2", "1:2:3:4", "1x::", "0::", "::128", "::1m", "40000::", "-1::", "9999999999::", "x"})
    void a_keepalive_text_that_nginx_would_refuse_is_refused(String text) {
        List<String> problems = problems("listen = { address = \"80\", so-keepalive = \"" + text + "\" }");
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().startsWith("test.conf:1: listen.so-keepalive: times "), problems.toString());
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertEquals(
                List.of(
                        "test.conf:2: listen[0].address: \"127.0.0.1:99999\" has an invalid port",
                        "test.conf:3: listen[1].backlog: '0' is not between 1 and 65535",
                        "test.conf:3: listen[1].rcvbuf: 'many' is not a size in bytes (a number, or one with k, m, g, kB, MB or GB)",
                        "test.conf:3: unknown setting 'sndbuff' in listen[1] (did you mean 'sndbuf'?)",
                        "test.conf:4: listen[2].ipv6only: is for an IPv6 address",
                        "test.conf:4: listen[2].mode: is for a unix socket that is a file",
                        "test.conf:5: listen[3].deferred: is not for a unix socket",
                        "test.conf:5: listen[3].fastopen: is not for a unix socket",
                        "test.conf:5: listen[3].mode: is for a unix socket that is a file",
                        "test.conf:5: listen[3].notsent-lowat: is not for a unix socket",
                        "test.conf:5: listen[3].reuseport: is not for a unix socket",
                        "test.conf:5: listen[3].so-keepalive: is not for a unix socket",
                        "test.conf:6: listen[4]: mode must be octal, as 660, is \"rw\"",
                        "test.conf:7: listen[5].pool-size: '100' is not between 256 and 65536 bytes"),
                problems("""
                        listen = [
                          "127.0.0.1:99999"
                          { address = "80", backlog = 0, rcvbuf = many, sndbuff = 1k }
                          { address = "80", ipv6only = on, mode = 600 }
                          { address = "unix:@x", deferred = on, fastopen = 1, notsent-lowat = 1k, reuseport = on, so-keepalive = on, mode = 600 }
                          { address = "unix:/x", mode = rw }
                          { address = "80", pool-size = 100 }
                        ]"""));
    }

    private static ListenSetting one(String text) {
        Configuration configuration = parse(text);
        List<ListenSetting> found = ListenSetting.in(configuration.root(), _ -> TransportStages.NONE);
        assertEquals(List.of(), configuration.problems().list());
        assertEquals(1, found.size());
        return found.getFirst();
    }

    private static List<String> problems(String text) {
        Configuration configuration = parse(text);
        ListenSetting.in(configuration.root(), _ -> TransportStages.NONE);
        ConfigurationException refused = assertThrows(ConfigurationException.class, configuration::check);
        return Objects.requireNonNull(refused.getMessage()).lines().toList();
    }

    private static Configuration parse(String text) {
        return Configuration.parse(text, "test.conf", References.of(List.of()));
    }
}
