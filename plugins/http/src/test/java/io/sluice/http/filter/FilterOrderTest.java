package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpFilter;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.server.TestServer;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Where filters stand. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FilterOrderTest {
    /** A plugin with one filter. */
    private record Filtering(String id, String filter, List<String> before, List<String> after) implements Plugin {
        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder).filter(filter, (_, next) -> new Nothing(next), before, after);
        }
    }

    private static final class Nothing extends HttpFilter {
        private Nothing(HttpFilter next) {
            super(next);
        }
    }

    private static String order(String conf, Plugin... plugins) {
        Plugin[] all = new Plugin[plugins.length + 1];
        all[0] = new HttpPlugin();
        System.arraycopy(plugins, 0, all, 1, plugins.length);
        return String.join(
                " ",
                TestServer.of(all).load(conf).descriptions().get("http filters").get());
    }

    @Test
    void those_of_http_itself_stand_as_in_nginx() {
        assertEquals("not-modified range-body copy headers postpone range-header chunked header write", order(""));
    }

    @Test
    void one_without_a_place_sees_bodies_as_they_are_sent_before_headers_are_written() {
        assertEquals(
                "not-modified range-body copy mine headers postpone range-header chunked header write",
                order("", new Filtering("a", "mine", List.of(), List.of())));
    }

    @Test
    void a_filter_of_nginx_has_its_place_whichever_plugin_brings_it() {
        assertEquals(
                "not-modified range-body copy sub headers postpone gzip range-header chunked header write",
                order(
                        "",
                        new Filtering("a", "gzip", List.of(), List.of()),
                        new Filtering("b", "sub", List.of(), List.of())));
    }

    @Test
    void before_and_after_and_the_users_list_win() {
        assertEquals(
                "first not-modified range-body copy headers postpone range-header last chunked header write",
                order(
                        "",
                        new Filtering("a", "last", List.of(), List.of("range-header")),
                        new Filtering("b", "first", List.of("not-modified"), List.of())));
        assertEquals(
                "not-modified range-body copy b a headers postpone range-header chunked header write",
                order(
                        "http.filter-order = [b, a]",
                        new Filtering("a", "a", List.of(), List.of()),
                        new Filtering("b", "b", List.of(), List.of())));
    }

    @Test
    void who_goes_to_the_top_moves_nobody_else() {
        assertEquals(
                "first not-modified range-body copy mine headers postpone range-header chunked header write",
                order(
                        "",
                        new Filtering("a", "mine", List.of(), List.of()),
                        new Filtering("b", "first", List.of("not-modified"), List.of())));
    }

    @Test
    void a_contradiction_is_told() {
        Plugin impossible = new Filtering("a", "mine", List.of("not-modified"), List.of("range-body"));
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> order("", impossible));
        assertTrue(String.valueOf(refused.getMessage()).contains("mine goes after range-body"), refused.getMessage());
    }
}
