package io.sluice.http.filter;

import io.sluice.core.config.Range;
import io.sluice.core.config.Settings;
import io.sluice.http.HttpLevels;
import io.sluice.http.LocationSettings;
import java.lang.invoke.MethodHandles;

/** See reference.conf. */
record RangeSettings(@Range(min = 0, max = 10_000) int maxRanges) {
    static final LocationSettings<RangeSettings> KEY =
            LocationSettings.of(Settings.of(MethodHandles.lookup(), RangeSettings.class)
                    .at(HttpLevels.HTTP, HttpLevels.SERVER, HttpLevels.LOCATION));

    /** What the heads of so many parts may take of memory. */
    int reservedBytes() {
        return maxRanges < 2 ? 0 : RangeCut.SHARED_BYTES + maxRanges * RangeCut.PART_BYTES;
    }
}
