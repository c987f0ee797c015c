package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LevelTest {

    @Test
    void a_level_is_named_by_its_keys() {
        Level servers = Level.ROOT.child("http").child("servers");

        assertEquals(new Level("http.servers"), servers);
        assertEquals("http.servers", servers.toString());
        assertEquals("the top", Level.ROOT.toString());
        assertEquals("http", servers.top());
        assertEquals("http", Level.ROOT.child("http").top());
        assertEquals("", Level.ROOT.top());
    }

    @Test
    void a_kind_nested_in_itself_is_the_same_level() {
        Level locations = new Level("http.servers.locations");

        assertEquals(locations, locations.child("locations"));
        assertEquals(new Level("http"), new Level("http").child("http"));
        assertEquals(new Level("http.my-locations.locations"), new Level("http.my-locations").child("locations"));
    }
}
