package io.sluice.core.log;

import io.sluice.core.time.SystemClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;

/** A log in memory. */
final class Lines implements LogSink {
    /** Long enough to be torn: the other core sees a buffer come home some hundred bytes later. */
    static final int LINE_BYTES = 6_000;

    private static final int QUEUE = 4;
    private static final int BATCH_BYTES = 3 * LINE_BYTES;
    private static final SystemClock CLOCK = new SystemClock();
    private static final LogOrigin ORIGIN = LogOrigin.ofProcess(1, CLOCK, ZoneOffset.UTC);

    /** An entry of one line. */
    static final LogBlock BLOCK = LogBlock.of("line\n".getBytes(StandardCharsets.US_ASCII));

    /** Says nothing of lines that were lost. */
    static final ErrorLog SILENT = ErrorLog.of(ORIGIN, List.of());

    private final StringBuilder letters = new StringBuilder();

    /** One without a thread and with little room. */
    static LogWriter writer() {
        return new LogWriter(CLOCK, ORIGIN, QUEUE, _ -> new Lines(), ByteBuffer.allocate(BATCH_BYTES));
    }

    /** A log of which all is written to this file. */
    static ErrorLog said(LogFile file) {
        return ErrorLog.of(ORIGIN, LogLevel.DEBUG, file);
    }

    /** A letter for each line that was written: the one it consists of, or a question mark for a torn one. */
    String letters() {
        return letters.toString();
    }

    static String line(int letter) {
        return Character.toString(letter).repeat(LINE_BYTES);
    }

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public void write(ByteBuffer wholeLines) {
        while (wholeLines.hasRemaining()) {
            byte first = wholeLines.get();
            boolean whole = true;
            int length = 1;
            for (byte next = wholeLines.get(); next != '\n'; next = wholeLines.get()) {
                whole &= next == first;
                length++;
            }
            letters.append(whole && length == LINE_BYTES ? (char) first : '?');
        }
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}
}
