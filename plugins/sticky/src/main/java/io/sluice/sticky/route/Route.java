package io.sluice.sticky.route;

import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.variable.BytesSink;
import io.sluice.upstream.sticky.Stickiness;
import io.sluice.upstream.sticky.StickyRequest;
import io.sluice.upstream.sticky.StickyText;
import io.sluice.upstream.sticky.StickyWorker;
import java.util.List;

/**
 * The request says by some text which server it wants; nothing is kept.
 *
 * <p><b>Thread:</b> any.
 */
final class Route implements Stickiness, StickyWorker {
    private final List<StickyText> texts;

    private Route(List<StickyText> texts) {
        this.texts = texts;
    }

    static Route read(RouteSettings settings) {
        if (settings.route().isEmpty()) {
            settings.here().problem("route", "needs a text, as \"$cookie_route\"");
        }
        for (String text : settings.route()) {
            if (text.indexOf('$') < 0) {
                settings.here().problem("route", "there is no variable in \"" + text + "\"");
            }
        }
        return new Route(settings.route().stream()
                .map(text -> new StickyText(text, "route", settings.here()))
                .toList());
    }

    @Override
    public List<StickyText> texts() {
        return texts;
    }

    @Override
    public StickyWorker on(WorkerContext worker) {
        return this;
    }

    @Override
    public void wish(StickyRequest request) {
        for (int i = 0; i < texts.size(); i++) {
            BytesSink value = request.text(i);
            if (!value.isEmpty()) {
                // Also if no server is called so: the texts behind it are not asked.
                request.want(value.array(), value.count());
                return;
            }
        }
    }
}
