package io.sluice.sticky.cookie;

import io.sluice.core.plugin.WorkerContext;
import io.sluice.upstream.sticky.Stickiness;
import io.sluice.upstream.sticky.StickyText;
import io.sluice.upstream.sticky.StickyWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The cookie of one upstream, as far as it is the same for all workers. Immutable.
 *
 * @param lowerCaseName to look for it
 * @param begin its name with the equals sign
 * @param expirySeconds as {@link Expiry} has it
 * @param flags the attributes without a value
 * @param sameSite with its text, for those of requests mean one of few
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Cookie(
        byte[] lowerCaseName,
        byte[] begin,
        long expirySeconds,
        Attribute domain,
        byte[] flags,
        Attribute sameSite,
        Attribute path,
        List<StickyText> texts)
        implements Stickiness {

    static Cookie read(CookieSettings.Settings settings) {
        settings.check();
        List<StickyText> texts = new ArrayList<>();
        Attribute domain = attribute("Domain", "domain", settings.domain(), settings, texts);
        Attribute sameSite =
                attribute("SameSite", "same-site", settings.sameSite().map(Cookie::named), settings, texts);
        Attribute path = attribute("Path", "path", settings.path(), settings, texts);
        return new Cookie(
                Attribute.ascii(settings.name().toLowerCase(Locale.ROOT)),
                Attribute.ascii(settings.name() + "="),
                settings.expirySeconds(),
                domain,
                Attribute.ascii((settings.httpOnly() ? "; HttpOnly" : "") + (settings.secure() ? "; Secure" : "")),
                sameSite,
                path,
                List.copyOf(texts));
    }

    private static Attribute attribute(
            String name, String key, Optional<String> value, CookieSettings.Settings settings, List<StickyText> texts) {
        Attribute attribute = Attribute.of(name, value, texts.size());
        if (attribute.text() != Attribute.CONSTANT) {
            texts.add(new StickyText(value.orElseThrow(), key, settings.here()));
        }
        return attribute;
    }

    private static String named(String setting) {
        SameSite one = SameSite.of(setting);
        return one == null ? setting : one.text();
    }

    @Override
    public StickyWorker on(WorkerContext worker) {
        return new CookieWorker(this, new Expiry(expirySeconds, worker.time()));
    }
}
