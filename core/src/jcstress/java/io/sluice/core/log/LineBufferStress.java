package io.sluice.core.log;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A worker logs lines by one buffer, which holds one line, while the log's thread writes it and sends it home. What finds the buffer
 * away is counted as lost, and tried again for a while.
 */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "each is written in its place, or counted")
@Outcome(expect = FORBIDDEN, desc = "torn, lost without being counted, out of order, or written twice")
@State
public class LineBufferStress {
    /** As long as the worker takes, about. */
    private static final int TURNS = 500;

    private static final int TRIES = 200;

    private static final String[] LINES = "abc".chars().mapToObj(Lines::line).toArray(String[]::new);

    private final LogWriter writer = Lines.writer();
    private final Lines lines = new Lines();
    private final LogFile file = writer.attach(lines);
    private final LineBuffer buffer = new LineBuffer(file, Lines.LINE_BYTES + 1, 1);

    private int tried;

    public LineBufferStress() {
        file.complainTo(Lines.SILENT);
    }

    @Actor
    public void worker() {
        for (String line : LINES) {
            for (int i = 0; i < TRIES; i++) {
                tried++;
                if (buffer.begin(Lines.LINE_BYTES)) {
                    buffer.putAscii(line);
                    buffer.commit();
                    buffer.flush();
                    break;
                }
            }
        }
    }

    @Actor
    public void log() {
        for (int i = 0; i < TURNS; i++) {
            writer.turn();
        }
    }

    @Arbiter
    public void after(ZZ_Result r) {
        writer.turn();
        String letters = lines.letters();
        r.r1 = isAscending(letters);
        r.r2 = letters.length() + file.dropped() == tried;
    }

    /** A torn line is a question mark, which is below all letters. */
    private static boolean isAscending(String letters) {
        char last = '?';
        for (int i = 0; i < letters.length(); i++) {
            if (letters.charAt(i) <= last) {
                return false;
            }
            last = letters.charAt(i);
        }
        return true;
    }
}
