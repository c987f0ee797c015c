package io.sluice.http;

import io.sluice.core.variable.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code error-page}s of one location, bound to variables. Immutable, shared by all workers. */
final class ErrorPages {
    static final LocationPart<ErrorPages> PART = LocationPart.of(ErrorPages::read);

    /** The page's own status is kept. */
    private static final int SAME = -1;

    /**
     * What takes the place of the page of one status.
     *
     * @param to where to go on; one that begins with {@code @} is a location's name
     * @param code the status of the answer; 0 for that of what answers then
     */
    record Page(int status, Template<HttpRequest> to, int code) {}

    private final Page[] pages;
    private final boolean recursive;

    private ErrorPages(List<Page> pages, boolean recursive) {
        this.pages = pages.toArray(Page[]::new);
        this.recursive = recursive;
    }

    private static ErrorPages read(LocationView location) {
        ErrorPageSettings settings = location.settings(ErrorPageSettings.KEY);
        List<Page> pages = new ArrayList<>();
        for (ErrorPageSettings.Entry entry : settings.errorPage()) {
            Template<HttpRequest> to = location.template("error-page", entry.to());
            int code = entry.code().orElse(SAME);
            for (int status : entry.status()) {
                if (status < 300 || status > 599) {
                    location.problem("error-page", "a status is from 300 to 599, is " + status);
                }
                pages.add(new Page(status, to, code == SAME ? status : code));
            }
            if (entry.status().isEmpty()) {
                location.problem("error-page", "names no status");
            }
        }
        return new ErrorPages(pages, settings.recursiveErrorPages());
    }

    /** Whether an error page may have an error page. */
    boolean isRecursive() {
        return recursive;
    }

    /** What takes the place of a status's page, or null. */
    @Nullable
    Page of(int status) {
        for (Page page : pages) {
            if (page.status() == status) {
                return page;
            }
        }
        return null;
    }
}
