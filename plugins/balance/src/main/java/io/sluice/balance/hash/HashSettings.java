package io.sluice.balance.hash;

/** @param consistent whether few keys move when a server joins or leaves */
record HashSettings(boolean consistent) {}
