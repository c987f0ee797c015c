package io.sluice.upstream;

/** What makes one number of the bytes a request is balanced by. The same on every machine and in every version. */
final class KeyHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private KeyHash() {}

    /** FNV-1a of 64 bits, its bits mixed as MurmurHash3 ends; 0 for no bytes and for nothing else. */
    static long of(byte[] bytes, int length) {
        if (length == 0) {
            return 0;
        }
        long hash = FNV_OFFSET;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ bytes[i] & 0xff) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
