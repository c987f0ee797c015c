package io.sluice.http;

/** A record that is read for each location. */
record SettingsRegistration(LocationSettings<?> settings) {}
