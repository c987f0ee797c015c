package io.sluice.proxyprotocol;

import io.sluice.core.buffer.Buf;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.Claim;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Direction;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.TransportStages;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.SettingsPlace;
import io.sluice.core.plugin.StageSettings;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.transport.Passage;
import io.sluice.event.Connector;
import java.util.ArrayList;
import java.util.List;

/**
 * A consumer that knows nothing of stages: it listens at {@code guests.listen}, answers each client with who the proxy says it is and what
 * it sends, and can pass to a peer by what stands in {@code guests}.
 */
class Guests implements Plugin, Consumer<Guests.Guest> {
    /** One connection, in either direction. */
    static final class Guest {
        Connection connection;
        final StringBuilder read = new StringBuilder();

        Guest(Connection connection) {
            this.connection = connection;
        }
    }

    static final ConsumerKey<Guest> KEY = new ConsumerKey<>("guests", Guest.class);

    final List<String> heard = new ArrayList<>();
    TransportStages toPeers = TransportStages.NONE;
    WorkerContext worker;
    Guest last;

    @Override
    public String id() {
        return "guests";
    }

    @Override
    public void configure(PluginBinder binder) {
        binder.consumer(KEY).with(context -> {
            worker = context;
            return this;
        });
        binder.whenBuilt(injector ->
                toPeers = injector.getInstance(StageSettings.class).ofPass(new SettingsPlace() {
                    @Override
                    public <R extends Record> R read(Settings<R> settings) {
                        return settings.read(binder.section());
                    }
                }));
    }

    /** Begins a connection to a peer for the sake of a client. */
    Guest connect(Connection client) {
        Guest peer = new Guest(null);
        Claim<Guest> claim = worker.claim(KEY);
        Passage way = Passage.outgoing(worker::claim, toPeers, client, claim, peer);
        peer.connection = way.connect(passage -> worker.service(Connector.class)
                .connect(
                        io.sluice.core.connection.Address.inet(new byte[] {127, 0, 0, 1}, 9),
                        OutgoingOptions.DEFAULT,
                        passage.claim(),
                        passage,
                        60_000,
                        worker.log().speaker()));
        return peer;
    }

    @Override
    public Guest accepted(Connection c) {
        heard.add("accepted " + c.proxied());
        last = new Guest(c);
        Buf answer = c.pool().take(256);
        answer.putAscii(c.proxied() + ": ");
        c.send(answer);
        return last;
    }

    @Override
    public void readable(Guest guest) {
        Connection c = guest.connection;
        Buf into = c.pool().take(7);
        int n = c.recv(into);
        while (n > 0) {
            guest.read.append(into.text());
            if (c.listening() != null) {
                c.send(into);
            }
            into.clear();
            n = c.recv(into);
        }
        if (n != Io.AGAIN) {
            c.close(n == Io.END ? CloseReason.PEER_CLOSED : CloseReason.IO_ERROR);
        }
    }

    @Override
    public void connected(Guest peer) {
        heard.add("connected");
    }

    @Override
    public void connectFailed(Guest peer) {
        heard.add("connectFailed");
        peer.connection.close(CloseReason.IO_ERROR);
    }

    @Override
    public void timedOut(Guest guest, Connection c, Direction direction) {
        heard.add("timedOut");
        c.close(CloseReason.TIMED_OUT);
    }

    @Override
    public void closed(Guest guest, CloseReason why) {
        heard.add("closed " + why);
    }
}
