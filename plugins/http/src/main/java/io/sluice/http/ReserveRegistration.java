package io.sluice.http;

/** Bytes that an exchange of a plugin may need. */
record ReserveRegistration(int bytes) {}
