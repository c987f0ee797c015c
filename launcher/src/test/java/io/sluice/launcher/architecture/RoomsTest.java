package io.sluice.launcher.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is done in one room only: asking for the time, drawing lots, touching foreign memory. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoomsTest {

    /** The testkit speaks to real sockets there, which know no other clock. */
    private static final String REAL_SOCKETS = "io.sluice.testkit..";

    private static final Set<String> TIME = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Thread.sleep",
            "java.time.Clock.system",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.tickMillis",
            "java.time.Clock.tickSeconds",
            "java.time.InstantSource.system",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalTime.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.util.Date.<init>",
            "java.util.Calendar.getInstance");

    private static final Set<String> CHANCE = Set.of(
            "java.lang.Math.random",
            "java.security.SecureRandom.<init>",
            "java.util.Collections.shuffle",
            "java.util.Random.<init>",
            "java.util.SplittableRandom.<init>",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.random.RandomGenerator.of");

    @Test
    void only_core_time_asks_the_machine_for_the_time() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.sluice.core.time..", REAL_SOCKETS)
                .should()
                .accessTargetWhere(calls("a clock", TIME))
                .check(ProductClasses.ALL);
    }

    @Test
    void only_core_time_draws_lots() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sluice.core.time..")
                .should()
                .accessTargetWhere(calls("a source of chance", CHANCE))
                .check(ProductClasses.ALL);
    }

    @Test
    void native_code_has_one_room() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.sluice.event.linux..", "io.sluice.event.epoll..", "io.sluice.core.buffer..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(ProductClasses.ALL);
    }

    /** Calls and method references alike. */
    private static DescribedPredicate<JavaAccess<?>> calls(String what, Set<String> methods) {
        return new DescribedPredicate<>("it is " + what) {
            @Override
            public boolean test(JavaAccess<?> access) {
                String owner = access.getTargetOwner().getFullName();
                return methods.contains(owner + "." + access.getTarget().getName());
            }
        };
    }
}
