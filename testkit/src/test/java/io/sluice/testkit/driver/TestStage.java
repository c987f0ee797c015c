package io.sluice.testkit.driver;

import io.sluice.core.buffer.Buf;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.plugin.ListenStage;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.transport.Passage;
import io.sluice.core.transport.TransportStage;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plugin of one stage, for entries of {@code listen} with the key of its name. Unless told otherwise it takes one byte of what comes, puts
 * the rest back and is done.
 */
final class TestStage implements Plugin, TransportStage<TestStage.Wanted, Passage> {
    /** @param word what the entry says */
    record Wanted(String word) {}

    /** Both names that tests use, of which each stage takes its own. */
    record Keys(Optional<String> outer, Optional<String> inner) {}

    private static final Settings<Keys> KEYS = Settings.of(MethodHandles.lookup(), Keys.class);

    private final String id;
    private final List<String> before;
    final List<String> heard;
    final StringBuilder took = new StringBuilder();
    private final Map<String, java.util.function.Consumer<Passage>> does = new HashMap<>();
    long timeoutMillis = 10_000;
    Passage last;

    TestStage(String id, List<String> heard, String... before) {
        this.id = id;
        this.heard = heard;
        this.before = List.of(before);
    }

    TestStage(String id, String... before) {
        this(id, new ArrayList<>(), before);
    }

    /** What to do in a call, in the place of what it does else. */
    TestStage in(String call, java.util.function.Consumer<Passage> action) {
        does.put(call, action);
        return this;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void configure(PluginBinder binder) {
        binder.stage(new ListenStage<>(id, this::read, _ -> this, before, List.of()));
    }

    private Wanted read(Section entry) {
        Keys keys = KEYS.read(entry);
        return (id.equals("outer") ? keys.outer() : keys.inner())
                .map(Wanted::new)
                .orElse(null);
    }

    private boolean did(String call, Passage passage) {
        heard.add(id + " " + call);
        var action = does.get(call.replaceAll(" .*", ""));
        if (action == null) {
            return false;
        }
        action.accept(passage);
        return true;
    }

    @Override
    public long timeoutMillis(Wanted settings) {
        return timeoutMillis;
    }

    @Override
    public Passage begin(Passage passage, Wanted settings) {
        last = passage;
        did("begin " + settings.word(), passage);
        return passage;
    }

    @Override
    public void readable(Passage passage) {
        if (!did("readable", passage)) {
            takeOne(passage);
        }
    }

    void takeOne(Passage passage) {
        Connection c = passage.connection();
        Buf into = c.pool().take(64);
        int n = c.recv(into);
        if (n > 0) {
            took.append((char) into.get(into.pos()));
            into.advance(1);
            c.putBack(into);
            passage.done();
        } else if (n != Io.AGAIN) {
            c.close(CloseReason.PEER_CLOSED);
        }
    }

    @Override
    public void writable(Passage passage) {
        did("writable", passage);
    }

    @Override
    public void closed(Passage passage, CloseReason why) {
        did("closed " + why, passage);
    }

    @Override
    public void close() {
        heard.add(id + " ends");
    }
}
