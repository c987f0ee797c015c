package io.sluice.event.epoll;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A worker's waker is closed while somebody wakes it; what is opened next gets its number, and must not be written to. */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "nothing was written to the other")
@Outcome(expect = FORBIDDEN, desc = "the other was written to")
@State
public class WakerCloseStress {
    private static final int NONBLOCK = 0x800;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment errno = LibC.errno(arena);
    private final MemorySegment count = arena.allocate(Long.BYTES, Long.BYTES);
    private final PolledWaker polled = new PolledWaker();

    private int other;

    @Actor
    public void waking() {
        polled.waker.wake();
    }

    @Actor
    public void closing() {
        polled.waker.close();
        other = LibC.eventfd(errno, 0, NONBLOCK);
    }

    @Arbiter
    public void after(I_Result r) {
        long bytes = LibC.read(errno, other, count.address(), Long.BYTES);
        r.r1 = bytes == -Errno.EAGAIN ? 0 : 1;
        LibC.close(errno, other);
        polled.close();
    }
}
