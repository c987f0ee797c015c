package io.sluice.proxy;

import io.sluice.core.connection.Outgoing;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.TransportStages;
import io.sluice.core.variable.Template;
import io.sluice.http.HttpRequest;
import io.sluice.http.LocationPart;
import io.sluice.http.LocationView;
import io.sluice.upstream.ConnectOptions;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.Upstreams;
import io.sluice.upstream.sticky.Stickiness;
import io.sluice.upstream.sticky.StickyText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes of the settings of a location how it is proxied. For the one thread that loads. */
final class PassReader {
    private static final String SCHEME = "http://";

    private final Upstreams upstreams;
    private final LocationPart<TransportStages> stages;
    private final Consumer<Outgoing> ways;
    private final WantedHeaders wanted;

    /**
     * @param stages what each location asks for
     * @param ways hears how connections will be made
     * @param wanted hears how large heads of peers may be
     */
    PassReader(
            Upstreams upstreams, LocationPart<TransportStages> stages, Consumer<Outgoing> ways, WantedHeaders wanted) {
        this.upstreams = upstreams;
        this.stages = stages;
        this.ways = ways;
        this.wanted = wanted;
    }

    /** Answers null if something is wrong, which has been reported. */
    @Nullable
    ProxyConf read(LocationView location) {
        ProxySettings settings = location.settings(ProxySettings.KEY);
        String pass = settings.pass().orElse("");
        if (!pass.startsWith(SCHEME) || pass.length() == SCHEME.length()) {
            location.problem(
                    "proxy.pass", "must be http:// and the name of an upstream or an address, is \"" + pass + "\"");
            return null;
        }
        int slash = pass.indexOf('/', SCHEME.length());
        String host = slash < 0 ? pass.substring(SCHEME.length()) : pass.substring(SCHEME.length(), slash);
        String path = slash < 0 ? null : pass.substring(slash);
        try {
            Upstream upstream = upstreams.of(host, 80);
            Reaching reaching = Reaching.read(location, settings, location.part(stages));
            if (!reaching.reach().how().equals(OutgoingOptions.DEFAULT)) {
                ways.accept(
                        new Outgoing(reaching.reach().how(), location.section().where()));
            }
            wanted.from((int) settings.bufferSize().count());
            boolean nonIdempotent = settings.nextUpstream().contains(NextUpstream.NON_IDEMPOTENT);
            return new ProxyConf(
                    upstream,
                    host,
                    new ConnectOptions(settings.connectTimeout().toMillis(), reaching.reach()),
                    reaching.bind(),
                    upstream.keyText() == null ? null : location.template("proxy.pass", upstream.keyText()),
                    sticky(location, upstream.stickiness()),
                    new RetryPolicy(
                            NextUpstream.bits(settings.nextUpstream()),
                            settings.nextUpstreamTries(),
                            settings.nextUpstreamTimeout().toMillis(),
                            nonIdempotent),
                    settings.sendTimeout().toMillis(),
                    settings.readTimeout().toMillis(),
                    (int) settings.bufferSize().count(),
                    (int) settings.busyBufferSize().count(),
                    path == null ? null : path.getBytes(StandardCharsets.UTF_8),
                    location.path().length(),
                    SentHeaders.read(location, settings.setHeader(), host),
                    settings.forceRanges(),
                    AccelHeader.bits(settings.ignoreHeaders()));
        } catch (IllegalArgumentException wrong) {
            location.problem("proxy.pass", String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    private static @Nullable List<Template<HttpRequest>> sticky(
            LocationView location, @Nullable Stickiness stickiness) {
        if (stickiness == null) {
            return null;
        }
        List<Template<HttpRequest>> texts = new ArrayList<>();
        for (StickyText text : stickiness.texts()) {
            texts.add(location.template(text.text(), text::problem));
        }
        return List.copyOf(texts);
    }
}
