package io.sluice.sticky.learn;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The MD5 of a session, which stands for it, as in nginx: nobody can find a value that takes the place of another's.
 *
 * <p><b>Thread:</b> one.
 */
final class Digest {
    private static final int BYTES = 16;

    private final MessageDigest md5;
    private final byte[] bytes = new byte[BYTES];

    Digest() {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void of(byte[] value, int length) {
        md5.update(value, 0, length);
        try {
            md5.digest(bytes, 0, BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    long high() {
        return at(0);
    }

    long low() {
        return at(Long.BYTES);
    }

    private long at(int from) {
        long word = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            word = word << 8 | bytes[i] & 0xff;
        }
        return word;
    }
}
