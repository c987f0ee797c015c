package io.sluice.http;

import io.sluice.core.buffer.Constant;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.http.parse.HeaderLine;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Answers with what the configuration says (ngx_http_rewrite_module's return). */
final class ReturnHandler implements HttpHandler {
    /** As in nginx: the connection ends, nothing is said. */
    private static final int NO_ANSWER = 444;

    private final int status;
    private final byte[] type;
    private final @Nullable Constant constant;
    private final @Nullable Template<HttpRequest> template;

    /** @param template null for the status's own page */
    ReturnHandler(int status, byte[] type, @Nullable Template<HttpRequest> template) {
        this.status = status;
        this.type = type;
        this.template = template;
        this.constant = template != null && template.isConstant() ? Constant.of(template.constantBytes()) : null;
    }

    @Override
    public Outcome handle(HttpRequest request) {
        if (status == NO_ANSWER) {
            request.status(NO_ANSWER);
            request.owner().closeWithoutAnswer(CloseReason.FINISHED);
            return Outcome.DONE;
        }
        if (template == null) {
            return request.answer(status);
        }
        if (isRedirect()) {
            String location = evaluate(request, template);
            if (!HeaderLine.isValue(location)) {
                // A decoded path may hold a line end: it must not write the response.
                return request.answer(400);
            }
            request.addHeader("Location", location);
            Constant page = StatusPages.page(status);
            return request.respond(status, StatusPages.TYPE, page);
        }
        Constant text = constant;
        if (text != null) {
            return request.respond(status, type, text);
        }
        return request.respond(status, type, evaluate(request, template));
    }

    private boolean isRedirect() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static String evaluate(HttpRequest request, Template<HttpRequest> template) {
        BytesSink sink = request.evaluate(template);
        return new String(sink.array(), 0, sink.count(), StandardCharsets.UTF_8);
    }
}
