package io.sluice.core.connection;

import io.sluice.core.variable.BytesSink;

/**
 * What a proxy in front of us told about a connection that it forwards: who has connected to it, and where (PROXY protocol). Immutable.
 */
public final class Proxied {
    private static final int TLV_HEAD = 3;

    private final Address source;
    private final Address destination;
    private final byte[] tlvs;

    /** @param tlvs type, length in two bytes, value, one after the other, known to be whole; now this object's own */
    public Proxied(Address source, Address destination, byte[] tlvs) {
        this.source = source;
        this.destination = destination;
        this.tlvs = tlvs;
    }

    /** The client as the proxy sees it. */
    public Address source() {
        return source;
    }

    /** Where the client has connected to. */
    public Address destination() {
        return destination;
    }

    /**
     * Appends the value of the first TLV of a type.
     *
     * @param type 0 to 255
     * @return false if there is none
     */
    public boolean writeTlv(int type, BytesSink out) {
        int at = find(type, 0, tlvs.length);
        if (at < 0) {
            return false;
        }
        out.put(tlvs, at + TLV_HEAD, length(at));
        return true;
    }

    /**
     * As {@link #writeTlv(int, BytesSink)}, for one inside of another.
     *
     * @param outer the type of the one around it
     * @param skip so many bytes of that one's value stand before the first that it holds
     */
    public boolean writeTlv(int outer, int skip, int type, BytesSink out) {
        int around = find(outer, 0, tlvs.length);
        if (around < 0) {
            return false;
        }
        int end = around + TLV_HEAD + length(around);
        int at = find(type, around + TLV_HEAD + skip, end);
        if (at < 0) {
            return false;
        }
        out.put(tlvs, at + TLV_HEAD, length(at));
        return true;
    }

    /** The bytes of the TLVs as they came; a copy. */
    public byte[] tlvs() {
        return tlvs.clone();
    }

    private int find(int type, int from, int to) {
        int at = from;
        while (at + TLV_HEAD <= to) {
            if ((tlvs[at] & 0xff) == type) {
                return at;
            }
            at += TLV_HEAD + length(at);
        }
        return -1;
    }

    private int length(int at) {
        return (tlvs[at + 1] & 0xff) << 8 | tlvs[at + 2] & 0xff;
    }

    @Override
    public String toString() {
        return source + " to " + destination;
    }
}
