package io.sluice.core.transport;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Listening;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLine;
import io.sluice.core.log.LogOrigin;

/** What the error log adds to a line about an accepted connection that its consumer has not got yet. */
record PassageLog(Connection connection) implements LogContext {
    @Override
    public LogOrigin origin() {
        return connection.origin();
    }

    @Override
    public long connectionNumber() {
        return connection.number();
    }

    @Override
    public void appendTo(LogLine line) {
        Address client = connection.remoteAddress();
        line.append(", client: ").append(client == null ? "unknown" : client.host());
        Listening from = connection.listening();
        if (from != null) {
            line.append(", server: ").append(from.address().toString());
        }
    }
}
