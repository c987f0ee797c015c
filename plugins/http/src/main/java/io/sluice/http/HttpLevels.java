package io.sluice.http;

import io.sluice.core.config.Level;

/** Where HTTP settings may stand. */
public final class HttpLevels {
    public static final Level HTTP = ConnectionSettings.HTTP;
    public static final Level SERVER = ConnectionSettings.SERVER;
    public static final Level LOCATION = ConnectionSettings.LOCATION;

    private HttpLevels() {}
}
