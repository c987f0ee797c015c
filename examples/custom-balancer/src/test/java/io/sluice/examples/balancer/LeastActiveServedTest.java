package io.sluice.examples.balancer;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The assembly as it is shipped, on real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeastActiveServedTest {
    @RegisterExtension
    final TestServers servers =
            new TestServers(Plugins.in(LeastActive.class.getClassLoader()).toArray(Plugin[]::new));
}
