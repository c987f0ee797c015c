package io.sluice.upstream;

import static io.sluice.upstream.Rig.route;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.variable.BytesSink;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.sticky.Stickiness;
import io.sluice.upstream.sticky.StickyClient;
import io.sluice.upstream.sticky.StickyRequest;
import io.sluice.upstream.sticky.StickyWorker;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the seam itself puts on the heap for a request. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StickyAllocationTest {
    private final Rig rig = new Rig();

    @Test
    void a_request_costs_no_object() {
        Stickiness quiet = _ -> new StickyWorker() {
            private final byte[] name = {'a'};

            @Override
            public void wish(StickyRequest request) {
                BytesSink value = request.kept(name);
                request.want(value.array(), value.count());
            }

            @Override
            public void taken(StickyRequest request) {
                request.tell(request.text(0));
            }
        };
        Upstream upstream = Rig.sticky(quiet, 0, route("a"), route("b"));
        byte[] wanted = {'b'};
        StickyClient client = new StickyClient() {
            @Override
            public void text(int index, BytesSink out) {
                out.put(wanted);
            }

            @Override
            public void kept(byte[] lowerCase, BytesSink out) {
                out.put(wanted);
            }

            @Override
            public void tell(byte[] what, int length) {}
        };
        Balancing balancing = new Balancing(rig, rig.log().speaker());
        StickyAttempts own = new StickyAttempts(balancing, rig.worker.scratch());
        StickyWorker worker = quiet.on(rig);
        Reach reach = Reach.plain("http");
        Runnable steady = () -> {
            for (int i = 0; i < 10_000; i++) {
                balancing.start(upstream, reach, rig.log());
                own.begin(worker, client);
                own.wish();
                balancing.get(1_000);
                own.taken();
                balancing.free(Outcome.DONE, 1_000);
                balancing.end();
            }
        };
        assertEquals(0, new Allocated().by(steady));
    }
}
