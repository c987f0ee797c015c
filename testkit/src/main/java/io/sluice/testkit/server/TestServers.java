package io.sluice.testkit.server;

import io.sluice.core.plugin.Plugin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that ends what a test has started, and fails the test if a server had something left:
 * {@code @RegisterExtension final TestServers servers = new TestServers(new HttpPlugin());}
 */
public final class TestServers implements AfterEachCallback {
    private final Plugin[] plugins;
    private final List<AutoCloseable> started = new ArrayList<>();

    public TestServers(Plugin... plugins) {
        this.plugins = plugins.clone();
    }

    /** Starts a server that ends with the test. */
    public TestServer start(String driver, String configuration) {
        return closing(TestServer.of(plugins).driver(driver).start(configuration));
    }

    /** As {@link #start}, with a clock that the test sets. */
    public TestServer startWithHandClock(String driver, String configuration) {
        return closing(TestServer.of(plugins).driver(driver).handClock().start(configuration));
    }

    /** Ends something with the test, the last one given first. */
    public <T extends AutoCloseable> T closing(T closeable) {
        started.add(closeable);
        return closeable;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Exception first = null;
        AssertionError firstError = null;
        for (AutoCloseable closeable : started.reversed()) {
            try {
                closeable.close();
            } catch (AssertionError missing) {
                firstError = firstError == null ? missing : firstError;
            } catch (Exception failure) {
                first = first == null ? failure : first;
            }
        }
        started.clear();
        if (firstError != null) {
            throw firstError;
        }
        if (first != null) {
            throw first;
        }
    }
}
