package io.sluice.bench.server;

/** CPU time that a process and all processes below it have used so far. */
public record CpuTime(double userMicros, double systemMicros) {

    /** The kernel's unit of these counters, for every architecture that Linux tells user space about. */
    public static final double MICROS_PER_TICK = 1_000_000 / 100.0;

    public static CpuTime of(ProcessHandle process) {
        CpuTime sum = ofOne(process.pid());
        for (ProcessHandle below : process.descendants().toList()) {
            try {
                sum = sum.plus(ofOne(below.pid()));
            } catch (BenchException ended) {
                if (below.isAlive()) {
                    throw ended;
                }
            }
        }
        return sum;
    }

    /** Of this program, of what runs below it, and of what ran below it and has ended. */
    public static CpuTime ofAllOurs() {
        String[] fields = fields(ProcessHandle.current().pid());
        CpuTime ended =
                new CpuTime(Long.parseLong(fields[13]) * MICROS_PER_TICK, Long.parseLong(fields[14]) * MICROS_PER_TICK);
        return of(ProcessHandle.current()).plus(ended);
    }

    /** Those of the stat file from the third on, for the name before them may hold anything: field 14, user, is [11]. */
    private static String[] fields(long pid) {
        String stat = ProcFile.read("/proc/" + pid + "/stat");
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }

    private static CpuTime ofOne(long pid) {
        String[] fields = fields(pid);
        return new CpuTime(Long.parseLong(fields[11]) * MICROS_PER_TICK, Long.parseLong(fields[12]) * MICROS_PER_TICK);
    }

    public double micros() {
        return userMicros + systemMicros;
    }

    public CpuTime plus(CpuTime other) {
        return new CpuTime(userMicros + other.userMicros, systemMicros + other.systemMicros);
    }

    public CpuTime minus(CpuTime earlier) {
        return new CpuTime(userMicros - earlier.userMicros, systemMicros - earlier.systemMicros);
    }
}
