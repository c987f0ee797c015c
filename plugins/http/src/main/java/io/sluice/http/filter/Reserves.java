package io.sluice.http.filter;

import io.sluice.http.LocationView;

/**
 * The most that these filters may take of memory for one answer, over all locations.
 *
 * <p><b>Thread:</b> the one that loads.
 */
final class Reserves {
    private int rangeBytes;
    private int copyBytes;

    Reserves see(LocationView location) {
        rangeBytes = Math.max(rangeBytes, location.settings(RangeSettings.KEY).reservedBytes());
        copyBytes = Math.max(copyBytes, location.settings(CopySettings.KEY).reservedBytes());
        return this;
    }

    int rangeBytes() {
        return rangeBytes;
    }

    int copyBytes() {
        return copyBytes;
    }
}
