package io.sluice.http;

import io.sluice.core.buffer.Constant;
import io.sluice.http.parse.StatusLines;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The short page of each status that nobody gave a body of its own. */
final class StatusPages {
    static final byte[] TYPE = "text/html".getBytes(StandardCharsets.US_ASCII);

    private static final Constant EMPTY = Constant.of(new byte[0]);
    private static final @Nullable Constant[] PAGES = make();

    private StatusPages() {}

    private static @Nullable Constant[] make() {
        @Nullable Constant[] pages = new Constant[600];
        for (int status = 300; status < 600; status++) {
            if (status != 304 && StatusLines.line(status) != null) {
                String title = status + " " + StatusLines.reason(status);
                String page = "<!doctype html>\n<title>" + title + "</title>\n<h1>" + title + "</h1>\n<p>sluice</p>\n";
                pages[status] = Constant.of(page.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return pages;
    }

    static Constant page(int status) {
        Constant page = status >= 0 && status < PAGES.length ? PAGES[status] : null;
        return page == null ? EMPTY : page;
    }
}
