package io.sluice.bench.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the JVM of a server what it has allocated and what is alive, by jcmd. */
public final class Jvm {

    /** The unit changes with the size, so the less a thread has allocated the more exact this is. */
    private static final Pattern ALLOCATED = Pattern.compile("(?m)^\"(worker-\\d+)\".* allocated=(\\d+)([BKMG]?)[B ]");

    private static final Pattern LIVE_BYTES = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    /** Where a part of the heap begins, what of it is committed, and where it ends. */
    private static final Pattern HEAP_RANGE = Pattern.compile("\\[0x(\\w+), 0x\\w+, 0x(\\w+)\\)");

    private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-([0-9a-f]+) .*");

    private final Processes processes;
    private final String jcmd;
    private final String pid;

    public Jvm(Processes processes, RunningServer server) {
        this.processes = processes;
        this.jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        this.pid = Long.toString(server.pid());
    }

    /** Java heap bytes that the threads named worker-0, worker-1 … have allocated in their life. */
    public long allocatedByWorkers() {
        String threads = jcmd("Thread.print", "-e");
        Matcher found = ALLOCATED.matcher(threads);
        long bytes = 0;
        boolean any = false;
        while (found.find()) {
            any = true;
            bytes += Long.parseLong(found.group(2)) << shift(found.group(3));
        }
        if (!any) {
            throw new BenchException("no thread is named worker-N:\n" + threads);
        }
        return bytes;
    }

    /** Bytes of all objects that a full collection leaves. */
    public long liveHeapBytes() {
        // Twice: what the first collection finds unreachable may be freed by the second only (finalizers, cleaners).
        jcmd("GC.run");
        Matcher found = LIVE_BYTES.matcher(jcmd("GC.class_histogram"));
        if (!found.find()) {
            throw new BenchException("no total in the class histogram");
        }
        return Long.parseLong(found.group(1));
    }

    /** Makes the C library give back to the system what nobody uses; the compiler frees some megabytes after each of its greater works. */
    public void trimNativeHeap() {
        jcmd("System.trim_native_heap");
    }

    /** All memory of the process that is in RAM and neither the Java heap nor that of a file. */
    public long bytesOutsideOfHeap() {
        Matcher range = HEAP_RANGE.matcher(jcmd("GC.heap_info"));
        long heapFrom = Long.MAX_VALUE;
        long heapTo = 0;
        while (range.find()) {
            heapFrom = Math.min(heapFrom, Long.parseLong(range.group(1), 16));
            heapTo = Math.max(heapTo, Long.parseLong(range.group(2), 16));
        }
        if (heapTo == 0) {
            throw new BenchException("the JVM does not say where its heap is");
        }
        long kilobytes = 0;
        boolean ofHeap = false;
        for (String line : ProcFile.read("/proc/" + pid + "/smaps").lines().toList()) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                long from = Long.parseUnsignedLong(mapping.group(1), 16);
                ofHeap = from >= heapFrom && from < heapTo;
            } else if (!ofHeap && line.startsWith("Anonymous:")) {
                kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return kilobytes * 1024;
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
    }

    private String jcmd(String... command) {
        List<String> all = new ArrayList<>(List.of(jcmd, pid));
        all.addAll(List.of(command));
        return processes.run(all);
    }
}
