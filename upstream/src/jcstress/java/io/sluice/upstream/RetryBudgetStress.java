package io.sluice.upstream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two workers ask for the one further attempt that the budget has left. */
@JCStressTest
@Outcome(
        id = {"1, 0", "0, 1"},
        expect = ACCEPTABLE,
        desc = "one of them gets it")
@Outcome(expect = FORBIDDEN, desc = "both get it, or nobody")
@State
public class RetryBudgetStress {
    private static final long NOW = 100;

    private final RetryBudget budget = new RetryBudget(new RetryBudgetSettings(true, 100, 0));

    public RetryBudgetStress() {
        budget.join().add(NOW);
    }

    @Actor
    public void first(II_Result r) {
        r.r1 = budget.take(NOW) ? 1 : 0;
    }

    @Actor
    public void second(II_Result r) {
        r.r2 = budget.take(NOW) ? 1 : 0;
    }
}
