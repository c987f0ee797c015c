import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * Runs the stress tests. What is forbidden and was seen ends it with an error, and so does a test that was not run: left to itself, jcstress
 * is content when no test has the wanted name, or needs more processors than there are.
 */
final class Stress {
    private Stress() {}

    /** @param args those of jcstress */
    static void main(String[] args) throws Exception {
        Options options = new Options(args);
        if (!options.parse()) {
            throw new IllegalArgumentException("these are no options of jcstress");
        }
        JCStress stress = new JCStress(options);
        Set<String> missing = new TreeSet<>(stress.getTests());
        if (missing.isEmpty()) {
            throw new AssertionError("there is no test of that name");
        }
        int tests = missing.size();
        stress.run();
        long samples = 0;
        for (TestResult result : results(options)) {
            if (result.status() != Status.NORMAL) {
                throw new AssertionError(result.getName() + ": " + result.status());
            }
            if (result.getTotalCount() > 0) {
                missing.remove(result.getName());
            }
            samples += result.getTotalCount();
        }
        if (!missing.isEmpty()) {
            throw new AssertionError("not run: " + missing);
        }
        System.out.println(tests + " stress tests, " + samples + " samples: nothing forbidden was seen");
    }

    private static Collection<TestResult> results(Options options) throws Exception {
        InProcessCollector collected = new InProcessCollector();
        DiskReadCollector read = new DiskReadCollector(options.getResultFile(), collected);
        try {
            read.dump();
        } finally {
            read.close();
        }
        return collected.getTestResults();
    }
}
