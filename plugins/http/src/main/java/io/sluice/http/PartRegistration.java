package io.sluice.http;

/** See {@link HttpBinder#part}. */
record PartRegistration(LocationPart<?> part) {}
