package io.sluice.stream;

/** Something to be made of each server. */
record PartRegistration(ServerPart<?> part) {}
