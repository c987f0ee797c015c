package io.sluice.files;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.http.HttpRequest;
import io.sluice.http.LocationView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the names a folder's path may stand for. Immutable, shared by all workers. */
final class IndexName {
    private final Template<HttpRequest> template;
    private final byte @Nullable [] constant;

    private IndexName(Template<HttpRequest> template) {
        this.template = template;
        this.constant = template.isConstant() ? template.constantBytes() : null;
    }

    static List<IndexName> read(LocationView location, List<String> names) {
        List<IndexName> read = new ArrayList<>();
        for (String name : names) {
            if (name.isEmpty()) {
                location.problem("index", "a name is empty");
            }
            read.add(new IndexName(location.template("index", name)));
        }
        return List.copyOf(read);
    }

    /** Lent. */
    byte[] text(HttpRequest request) {
        byte[] known = constant;
        if (known != null) {
            return known;
        }
        BytesSink sink = request.evaluate(template);
        return sink.toBytes();
    }
}
