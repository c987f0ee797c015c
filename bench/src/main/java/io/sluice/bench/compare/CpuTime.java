package io.sluice.bench.compare;

/** CPU time that a process and all processes below it have used so far. */
record CpuTime(double userMicros, double systemMicros) {

    /** The kernel's unit of these counters, for every architecture that Linux tells user space about. */
    private static final double MICROS_PER_TICK = 1_000_000 / 100.0;

    static final CpuTime NONE = new CpuTime(0, 0);

    static CpuTime of(ProcessHandle process) {
        CpuTime sum = ofOne(process.pid());
        for (ProcessHandle below : process.descendants().toList()) {
            sum = sum.plus(ofOne(below.pid()));
        }
        return sum;
    }

    private static CpuTime ofOne(long pid) {
        String stat = ProcFile.read("/proc/" + pid + "/stat");
        // The name in parentheses may hold anything; after it come the fields from the third on. 14 is user, 15 system.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new CpuTime(
                Long.parseLong(fields[11]) * MICROS_PER_TICK, Long.parseLong(fields[12]) * MICROS_PER_TICK);
    }

    CpuTime plus(CpuTime other) {
        return new CpuTime(userMicros + other.userMicros, systemMicros + other.systemMicros);
    }

    CpuTime minus(CpuTime earlier) {
        return new CpuTime(userMicros - earlier.userMicros, systemMicros - earlier.systemMicros);
    }
}
