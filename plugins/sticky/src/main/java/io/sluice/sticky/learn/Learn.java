package io.sluice.sticky.learn;

import io.sluice.core.config.Section;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.upstream.sticky.Stickiness;
import io.sluice.upstream.sticky.StickyText;
import io.sluice.upstream.sticky.StickyWorker;
import java.util.ArrayList;
import java.util.List;

/**
 * The sessions of one upstream and how they are found in requests and answers.
 *
 * @param lookups how many of the texts are asked of requests; those behind them are asked of answers
 * @param early whether a session is remembered as soon as the head of the answer is there
 */
record Learn(String upstream, List<StickyText> texts, int lookups, boolean early, Sessions sessions)
        implements Stickiness {

    static Learn read(String upstream, LearnSettings.Settings settings) {
        List<StickyText> texts = new ArrayList<>();
        add(settings.lookup(), "lookup", "$cookie_session", settings.here(), texts);
        add(settings.create(), "create", "$upstream_cookie_session", settings.here(), texts);
        return new Learn(
                upstream,
                List.copyOf(texts),
                settings.lookup().size(),
                settings.header(),
                new Sessions(settings.keys(), settings.timeout().toMillis()));
    }

    private static void add(List<String> written, String key, String example, Section here, List<StickyText> to) {
        if (written.isEmpty()) {
            here.problem(key, "needs a text, as \"" + example + "\"");
        }
        for (String text : written) {
            if (text.indexOf('$') < 0) {
                here.problem(key, "there is no variable in \"" + text + "\"");
            }
            to.add(new StickyText(text, key, here));
        }
    }

    @Override
    public StickyWorker on(WorkerContext worker) {
        return new LearnWorker(this, worker);
    }
}
