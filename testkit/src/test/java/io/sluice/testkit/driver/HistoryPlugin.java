package io.sluice.testkit.driver;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Io;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.testkit.driver.SlotModel.Client;
import io.sluice.testkit.driver.SlotModel.Manner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two consumers that do with each client what the model says of it, and note down what they hear. */
final class HistoryPlugin implements Plugin {
    final List<ConsumerKey<Client>> keys =
            List.of(new ConsumerKey<>("one", Client.class), new ConsumerKey<>("two", Client.class));
    final Map<Address, Client> expected = new HashMap<>();
    final List<String> heard = new ArrayList<>();
    WorkerContext context;

    @Override
    public String id() {
        return "one";
    }

    @Override
    public void configure(PluginBinder binder) {
        binder.consumer(keys.get(0)).with(worker -> {
            context = worker;
            return new Owner(0);
        });
        binder.consumer(keys.get(1)).to(() -> new Owner(1));
    }

    List<String> takeHeard() {
        List<String> all = new ArrayList<>(heard);
        heard.clear();
        Collections.sort(all);
        return all;
    }

    private final class Owner implements Consumer<Client> {
        private final int number;

        Owner(int number) {
            this.number = number;
        }

        private void heard(Client client, String what) {
            if (client.owner != number) {
                throw new AssertionError(
                        client.id + " belongs to " + client.owner + ", but " + number + " heard " + what);
            }
            heard.add(client.id + " " + what);
        }

        @Override
        public Client accepted(Connection c) {
            Client client = expected.get(c.remoteAddress());
            client.handle = c;
            c.reusable(client.reusableFromTheStart);
            heard(client, "accepted");
            return client;
        }

        @Override
        public void readable(Client client) {
            Connection c = client.handle;
            Pool memory = context.pool();
            Buf into = memory.take(16);
            int n = c.recv(into);
            while (n > 0) {
                client.read.append(into.text());
                into.clear();
                n = c.recv(into);
            }
            memory.end();
            if (n != Io.AGAIN) {
                c.close(n == Io.END ? CloseReason.PEER_CLOSED : CloseReason.IO_ERROR);
            }
        }

        @Override
        public void connected(Client client) {
            heard(client, "connected");
        }

        @Override
        public void connectFailed(Client client) {
            client.handle.close(CloseReason.IO_ERROR);
        }

        @Override
        public void closeRequested(Client client, Connection c, CloseReason why) {
            heard(client, "asked " + why);
            switch (client.acts) {
                case CLOSES -> c.close(why);
                case WAKES -> c.reusable(false);
                case LINGERS -> {
                    client.acts = Manner.CLOSES;
                    c.reusable(true);
                }
                case IGNORES -> {}
            }
        }

        @Override
        public void closed(Client client, CloseReason why) {
            heard(client, "closed " + why);
        }
    }
}
