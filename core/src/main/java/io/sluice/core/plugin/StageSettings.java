package io.sluice.core.plugin;

import io.sluice.core.connection.TransportStages;

/** What the configuration says about transport stages. A plugin gets it of the injector, when all plugins have said what they bring. */
public interface StageSettings {
    /** Those that stand before a consumer on its connections to peers, by what is said beside its {@code pass}. */
    TransportStages ofPass(SettingsPlace place);
}
