package io.sluice.stream.proxy;

import io.sluice.core.variable.Template;
import io.sluice.stream.ServerView;
import io.sluice.stream.StreamSession;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.Upstreams;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Which upstream a session is for, and by what it is balanced there. Immutable. */
final class Target {
    private final @Nullable Upstream fixed;
    private final Template<StreamSession> name;
    private final Upstreams upstreams;
    private final IdentityHashMap<Upstream, Template<StreamSession>> keys = new IdentityHashMap<>();

    private Target(@Nullable Upstream fixed, Template<StreamSession> name, Upstreams upstreams) {
        this.fixed = fixed;
        this.name = name;
        this.upstreams = upstreams;
    }

    /** Answers null if something is wrong, which has been reported. */
    static @Nullable Target read(ServerView server, String pass, Upstreams upstreams) {
        Template<StreamSession> name = server.template("proxy.pass", pass);
        if (!name.isConstant()) {
            Target target = new Target(null, name, upstreams);
            for (Upstream upstream : upstreams.all()) {
                // One that is balanced by what only requests have is not meant for sessions.
                target.key(upstream, server.template(String.valueOf(upstream.keyText()), _ -> {}));
            }
            return target;
        }
        try {
            Upstream upstream = upstreams.of(pass, 0);
            if (upstream.stickiness() != null) {
                server.problem(
                        "proxy.pass", "the upstream " + upstream.name() + " is sticky, which is for requests only");
            }
            Target target = new Target(upstream, name, upstreams);
            target.key(upstream, server.template("proxy.pass", String.valueOf(upstream.keyText())));
            return target;
        } catch (IllegalArgumentException wrong) {
            server.problem("proxy.pass", String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    private void key(Upstream upstream, Template<StreamSession> text) {
        if (upstream.keyText() != null) {
            keys.put(upstream, text);
        }
    }

    /**
     * A text with variables is the name of an upstream, else an address.
     *
     * @throws IllegalArgumentException if it is neither
     */
    Upstream of(StreamSession session) {
        if (fixed != null) {
            return fixed;
        }
        String value = session.evaluate(name).toString();
        Upstream configured = upstreams.find(value);
        return configured != null ? configured : upstreams.once(value);
    }

    /** By what sessions are balanced at an upstream; null for nothing. */
    @Nullable
    Template<StreamSession> keyOf(Upstream upstream) {
        return keys.get(upstream);
    }
}
