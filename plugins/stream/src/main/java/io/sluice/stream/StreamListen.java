package io.sluice.stream;

/** What stream finds again at an accepted connection. */
record StreamListen(String text, ServerConf server) {}
