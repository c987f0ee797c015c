package io.sluice.event;

import io.sluice.core.connection.Listening;
import io.sluice.event.spi.ListenSocket;

/** A listening with its socket, open for all workers. */
record OpenListening(Listening listening, ListenSocket socket) {}
