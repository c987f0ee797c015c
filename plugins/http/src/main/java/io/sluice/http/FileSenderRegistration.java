package io.sluice.http;

/** A plugin that answers with parts of files. */
record FileSenderRegistration(String plugin) {}
