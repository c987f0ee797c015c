package io.sluice.files.listing;

import java.time.ZoneId;

/**
 * How a list looks.
 *
 * @param exactSize bytes instead of k, M, G
 * @param zone of the times in html
 * @param maxEntries a folder with more is not listed
 */
public record ListingStyle(ListingFormat format, boolean exactSize, ZoneId zone, int maxEntries) {}
