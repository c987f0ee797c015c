package io.sluice.examples.hello;

import static java.lang.invoke.MethodHandles.lookup;

import io.sluice.core.config.Local;
import io.sluice.core.config.Settings;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.PluginId;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpLevels;
import io.sluice.http.LocationSettings;
import java.util.Optional;

/** Greets at each location that says whom: {@code { path = "/", hello = "world" }}. */
@PluginId("hello")
public final class HelloPlugin implements Plugin {
    record Greeting(@Local Optional<String> hello) {}

    private static final LocationSettings<Greeting> KEY =
            LocationSettings.of(Settings.of(lookup(), Greeting.class).at(HttpLevels.HTTP, HttpLevels.LOCATION));

    @Override
    public void configure(PluginBinder binder) {
        HttpBinder.of(binder).settings(KEY).content("hello", location -> {
            String text = "hello, " + location.settings(KEY).hello().orElse("you") + "\n";
            return worker -> request -> request.respond(200, text);
        });
    }
}
