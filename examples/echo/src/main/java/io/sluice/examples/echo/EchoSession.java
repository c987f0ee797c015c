package io.sluice.examples.echo;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Connection;

/**
 * One client.
 *
 * @param buf what was received and is not sent yet
 */
record EchoSession(Connection connection, Buf buf) {}
