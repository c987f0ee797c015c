package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.event.WorkerStatus;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StatusTextTest {

    @Test
    void sums_come_before_the_counters_of_each_worker() {
        assertEquals(
                "{\"slabBytesInUse\":4,\"slabBytesHeld\":9,\"reservedBytes\":0,\"capacity\":128,\"free\":0,"
                        + "\"connections\":0,\"requests\":0,\"reusable\":0,\"drained\":0,\"failures\":0,\"workers\":["
                        + "{\"slabBytesInUse\":1,\"slabBytesHeld\":4,\"reservedBytes\":0,\"capacity\":64,\"free\":0,"
                        + "\"connections\":0,\"requests\":0,\"reusable\":0,\"drained\":0,\"failures\":0},"
                        + "{\"slabBytesInUse\":3,\"slabBytesHeld\":5,\"reservedBytes\":0,\"capacity\":64,\"free\":0,"
                        + "\"connections\":0,\"requests\":0,\"reusable\":0,\"drained\":0,\"failures\":0}]}",
                StatusText.of(List.of(worker(1, 4), worker(3, 5))));
    }

    private static WorkerStatus worker(long inUse, long held) {
        WorkerStatus status = Mockito.mock(WorkerStatus.class);
        Mockito.when(status.slabBytesInUse()).thenReturn(inUse);
        Mockito.when(status.slabBytesHeld()).thenReturn(held);
        Mockito.when(status.capacity()).thenReturn(64);
        return status;
    }
}
