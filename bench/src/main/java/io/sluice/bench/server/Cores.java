package io.sluice.bench.server;

import java.util.ArrayList;
import java.util.List;

/**
 * Who runs where. A server with one worker has the first core this process may use to itself; load, origin and this
 * program share the others. A server with two workers has the first two, and shares them if there are no more.
 *
 * @param one for a server with one worker
 * @param besideOne for load and origin then
 */
public record Cores(String one, String besideOne, String two, String besideTwo, String all) {

    public static Cores ofThisMachine() {
        String allowed = ProcFile.value("/proc/self/status", "Cpus_allowed_list:");
        List<Integer> cores = new ArrayList<>();
        for (String range : allowed.split(",", -1)) {
            String[] ends = range.split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
                cores.add(core);
            }
        }
        if (cores.size() < 2) {
            throw new BenchException("needs two cores, one for the server and one for the load; here is " + allowed);
        }
        int count = cores.size();
        return new Cores(
                list(cores.subList(0, 1)),
                list(cores.subList(1, count)),
                list(cores.subList(0, 2)),
                list(cores.subList(count == 2 ? 0 : 2, count)),
                list(cores));
    }

    public int count() {
        return all.split(",", -1).length;
    }

    /** Keeps this program, all its threads, where load and origin of a server with one worker are. */
    public void leaveTheFirst(Processes processes) {
        String ours = Long.toString(ProcessHandle.current().pid());
        processes.run(List.of("taskset", "-a", "-c", "-p", besideOne, ours));
    }

    private static String list(List<Integer> cores) {
        return String.join(",", cores.stream().map(String::valueOf).toList());
    }
}
