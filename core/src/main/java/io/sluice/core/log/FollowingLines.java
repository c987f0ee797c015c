package io.sluice.core.log;

import java.util.Arrays;

/**
 * The lines after the first of an entry: a stack, or whatever came with it. Every one begins with a tab and every text
 * is escaped, so that the message of an exception cannot forge a line. A line that does not fit any more is left out
 * with all that follow, and three dots say so.
 *
 * <p><b>Thread:</b> one.
 */
final class FollowingLines {
    /** All lines together. */
    static final int MAX_BYTES = 16 * 1024;

    /** Enough for every honest chain of causes; ends one that runs in a circle. */
    private static final int MAX_CAUSES = 16;

    private static final byte[] CUT = {'\t', '.', '.', '.', '\n'};

    private byte[] bytes = new byte[1024];
    private int count;
    private boolean full;

    void add(CharSequence text) {
        int tabs = 0;
        while (tabs < text.length() && text.charAt(tabs) == '\t') {
            tabs++;
        }
        // A stack that somebody else has printed is indented as ours.
        add("    ".repeat(tabs), text.subSequence(tabs, text.length()));
    }

    void add(Throwable thrown) {
        Throwable current = thrown;
        String lead = "";
        for (int i = 0; current != null && i < MAX_CAUSES && !full; i++) {
            add(lead, nameOf(current));
            addFrames(current);
            for (Throwable suppressed : current.getSuppressed()) {
                if (full) {
                    return;
                }
                add("Suppressed: ", nameOf(suppressed));
                addFrames(suppressed);
            }
            current = current.getCause();
            lead = "Caused by: ";
        }
    }

    int count() {
        return count;
    }

    void copyTo(byte[] into, int at) {
        System.arraycopy(bytes, 0, into, at, count);
    }

    private void addFrames(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (full) {
                return;
            }
            add("    at ", frame.toString());
        }
    }

    private void add(String lead, CharSequence text) {
        if (full) {
            return;
        }
        // Room for the tab before and the line end behind.
        LogLine line = new LogLine(LogEntry.MAX_LINE_BYTES - 2);
        line.append(lead).append(text);
        if (count + line.count() + 2 + CUT.length > MAX_BYTES) {
            full = true;
            ensure(CUT.length);
            System.arraycopy(CUT, 0, bytes, count, CUT.length);
            count += CUT.length;
            return;
        }
        ensure(line.count() + 2);
        bytes[count++] = '\t';
        line.copyTo(bytes, count);
        count += line.count();
        bytes[count++] = '\n';
    }

    private void ensure(int wanted) {
        if (count + wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, count + wanted));
        }
    }

    private static String nameOf(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (RuntimeException worse) {
            // A plugin's exception may build its message from the very thing that is broken.
            return thrown.getClass().getName();
        }
    }
}
