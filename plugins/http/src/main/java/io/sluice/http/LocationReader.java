package io.sluice.http;

import io.sluice.core.config.Levels;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.variable.Template;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one location, or what a server says outside of its locations, with what every plugin wants to know of it. */
final class LocationReader implements LocationView {
    private final HttpTree tree;
    private final Levels levels;
    private final Section section;
    private final Map<LocationSettings<?>, Record> settings = new HashMap<>();
    private final Map<LocationPart<?>, Object> parts = new HashMap<>();
    private final String written;
    private final String path;
    private final boolean exact;
    private final boolean ofServer;

    private LocationReader(HttpTree tree, Levels levels, Section section, String written, boolean ofServer) {
        this.tree = tree;
        this.levels = levels;
        this.section = section;
        this.written = written;
        this.ofServer = ofServer;
        exact = written.startsWith("=");
        path = exact ? written.substring(1).strip() : written;
    }

    static LocationReader of(HttpTree tree, Levels levels, Section section) {
        String written = HttpTree.path().read(levels).path();
        return new LocationReader(tree, levels, section, written, false);
    }

    /** As of a location of all paths. */
    static LocationReader ofServer(HttpTree tree, Levels levels, Section section) {
        return new LocationReader(tree, levels, section, "/", true);
    }

    LocationConf read() {
        boolean missing = written.isEmpty() && !section.has("path"); // which has been reported
        if (!missing && !path.startsWith("/") && (exact || !path.startsWith("@"))) {
            section.problem("path", "must begin with /, = / or @, is \"" + written + "\"");
        }
        for (SettingsRegistration registration : tree.extensions().settings) {
            settings.put(registration.settings(), read(registration.settings().settings()));
        }
        for (PartRegistration registration : tree.extensions().parts) {
            parts.put(registration.part(), registration.part().make(this));
        }
        CoreLocationSettings core = settings(CoreLocationSettings.KEY);
        LocationConf conf = new LocationConf(
                tree.nextLocation(),
                written,
                exact,
                HttpTree.bytes(path),
                core,
                settings,
                parts,
                ofServer ? otherwise() : content(core),
                HttpTree.bytes(core.defaultType()),
                RateLimit.read(this, settings(RateSettings.KEY)),
                tree.logs().read(levels));
        tree.add(conf);
        return conf;
    }

    @Override
    public <R extends Record> R read(Settings<R> wanted) {
        return wanted.read(levels);
    }

    private @Nullable ContentFactory content(CoreLocationSettings core) {
        ContentFactory found = null;
        String key = "";
        ReturnSettings own = settings(ReturnSettings.KEY);
        if (own.answer().isPresent()) {
            found = returning(own.answer().get(), core);
            key = "return";
        }
        for (ContentRegistration registration : tree.extensions().contents) {
            if (section.has(registration.key())) {
                if (found != null) {
                    section.problem(registration.key(), "the location has a handler already: " + key);
                }
                section.value(registration.key());
                found = registration.factory().apply(this);
                key = registration.key();
            }
        }
        return found == null ? otherwise() : found;
    }

    private @Nullable ContentFactory otherwise() {
        for (FallbackRegistration registration : tree.extensions().fallbacks) {
            ContentFactory factory = registration.factory().apply(this);
            if (factory != null) {
                return factory;
            }
        }
        return null;
    }

    private ContentFactory returning(ReturnSettings.Answer answer, CoreLocationSettings core) {
        Template<HttpRequest> text = answer.text()
                .map(written -> tree.template(written, message -> levels.problem("return.text", message)))
                .orElse(null);
        byte[] type = HttpTree.bytes(answer.type().orElse(core.defaultType()));
        ReturnHandler handler = new ReturnHandler(answer.status(), type, text);
        return worker -> handler;
    }

    @Override
    public Section section() {
        return section;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public boolean exact() {
        return exact;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R extends Record> R settings(LocationSettings<R> key) {
        Record found = settings.get(key);
        if (found == null) {
            throw new IllegalArgumentException("these settings were not given to HttpBinder.settings");
        }
        return (R) found;
    }

    @Override
    public <T> T part(LocationPart<T> part) {
        return part.in(parts);
    }

    @Override
    public Template<HttpRequest> template(String key, String text) {
        return tree.template(text, message -> levels.problem(key, message));
    }

    @Override
    public Template<HttpRequest> template(String text, Consumer<String> problem) {
        return tree.template(text, problem);
    }

    @Override
    public void problem(String key, String message) {
        levels.problem(key, message);
    }
}
