package io.sluice.files.cache;

/** The entity tag of a file as nginx makes it (ngx_http_set_etag): time and size in hexadecimal, {@code "5e0d5da5-5"}. */
final class EntityTag {
    private EntityTag() {}

    static byte[] of(long modifiedSeconds, long size) {
        int time = digits(modifiedSeconds);
        int length = digits(size);
        byte[] tag = new byte[time + length + 3];
        tag[0] = '"';
        hex(modifiedSeconds, tag, 1 + time);
        tag[1 + time] = '-';
        hex(size, tag, 2 + time + length);
        tag[tag.length - 1] = '"';
        return tag;
    }

    private static int digits(long value) {
        return Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
    }

    private static void hex(long value, byte[] into, int end) {
        long left = value;
        int at = end;
        do {
            into[--at] = (byte) Character.forDigit((int) (left & 0xf), 16);
            left >>>= 4;
        } while (left != 0);
    }
}
