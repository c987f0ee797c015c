package io.sluice.stream.hello;

import io.sluice.core.variable.BytesSink;

/**
 * The first message of a TLS client (RFC 8446, 4.1.2; RFC 6066, 3; RFC 7301, 3.1), read byte after byte in whatever pieces it comes. Strict:
 * each length must be that of what it holds, and nothing is said twice.
 *
 * <p><b>Thread:</b> one.
 */
final class ClientHello {
    /** What is known after a byte. */
    enum Reading {
        MORE,
        /** The message is here, whole and well. */
        DONE,
        /** It is no such message. */
        WRONG
    }

    /** What the next bytes are. */
    private enum Part {
        TYPE,
        LENGTH,
        VERSION,
        RANDOM,
        SESSION_LENGTH,
        SESSION,
        CIPHERS_LENGTH,
        CIPHERS,
        COMPRESSION_LENGTH,
        COMPRESSION,
        EXTENSIONS_LENGTH,
        EXTENSION_TYPE,
        EXTENSION_LENGTH,
        EXTENSION,
        NAMES_LENGTH,
        NAME_TYPE,
        NAME_LENGTH,
        NAME,
        OTHER_NAME,
        PROTOCOLS_LENGTH,
        PROTOCOL_LENGTH,
        PROTOCOL,
        VERSIONS_LENGTH,
        LISTED_VERSION
    }

    private static final int CLIENT_HELLO = 1;
    private static final int RANDOM_BYTES = 32;
    private static final int MOST_SESSION_BYTES = 32;
    private static final int MOST_NAME_BYTES = 255;
    private static final int SERVER_NAME = 0;
    private static final int PROTOCOLS = 16;
    private static final int VERSIONS = 43;
    private static final int HOST_NAME = 0;
    private static final int OLDEST = 0x0300;
    private static final int NEWEST = 0x0304;
    private static final int SINK_BYTES = 64;
    private static final int MOST_SINK_BYTES = 1 << 16;

    private final BytesSink name = new BytesSink(SINK_BYTES, MOST_NAME_BYTES);
    private final BytesSink protocols = new BytesSink(SINK_BYTES, MOST_SINK_BYTES);
    private Part part = Part.TYPE;
    private int wanted = 1;
    private int value;
    private int type;
    private int version;

    /** The newest of the list of versions, which counts more than {@code version}; 0 if it has none that we know. */
    private int listed;

    private boolean sawNames;
    private boolean sawProtocols;
    private boolean sawVersions;

    /** Bytes of the message so far, and where it and the extension at hand end, counted so. */
    private int at;

    private int end = Integer.MAX_VALUE;
    private int extensionEnd;

    /** The newest that the client can, as on the wire: 0x0303 is TLS 1.2. Known when all is read. */
    int version() {
        return listed > 0 ? listed : version;
    }

    /** The name of the server that the client wants, in small letters; empty if it says none. */
    BytesSink name() {
        return name;
    }

    /** The protocols that the client would speak, with commas between them. */
    BytesSink protocols() {
        return protocols;
    }

    Reading next(byte b) {
        at++;
        wanted--;
        value = value << 8 | b & 0xff;
        if (part == Part.NAME) {
            if (!isOfName(b)) {
                return Reading.WRONG;
            }
            name.put(b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b);
        } else if (part == Part.PROTOCOL) {
            protocols.put(b);
        }
        Reading reading = Reading.MORE;
        while (wanted == 0 && reading == Reading.MORE) {
            reading = partDone();
        }
        return reading;
    }

    private static boolean isOfName(byte b) {
        return b > ' ' && b != 0x7f && b != '/';
    }

    private Reading partDone() {
        return switch (part) {
            case TYPE -> value == CLIENT_HELLO ? begin(Part.LENGTH, 3) : Reading.WRONG;
            case LENGTH -> {
                end = at + value;
                yield begin(Part.VERSION, 2);
            }
            case VERSION -> {
                version = value;
                yield begin(Part.RANDOM, RANDOM_BYTES);
            }
            case RANDOM -> begin(Part.SESSION_LENGTH, 1);
            case SESSION_LENGTH -> value > MOST_SESSION_BYTES ? Reading.WRONG : begin(Part.SESSION, value);
            case SESSION -> begin(Part.CIPHERS_LENGTH, 2);
            case CIPHERS_LENGTH -> isListOfPairs() ? begin(Part.CIPHERS, value) : Reading.WRONG;
            case CIPHERS -> begin(Part.COMPRESSION_LENGTH, 1);
            case COMPRESSION_LENGTH -> value == 0 ? Reading.WRONG : begin(Part.COMPRESSION, value);
            case COMPRESSION -> at == end ? Reading.DONE : begin(Part.EXTENSIONS_LENGTH, 2);
            case EXTENSIONS_LENGTH -> at + value == end ? nextExtension() : Reading.WRONG;
            case EXTENSION_TYPE -> {
                type = value;
                yield begin(Part.EXTENSION_LENGTH, 2);
            }
            case EXTENSION_LENGTH -> beginExtension();
            case EXTENSION -> nextExtension();
            case NAMES_LENGTH -> fillsExtension() ? begin(Part.NAME_TYPE, 1) : Reading.WRONG;
            case NAME_TYPE -> {
                type = value;
                yield begin(Part.NAME_LENGTH, 2);
            }
            case NAME_LENGTH -> beginName();
            case NAME, OTHER_NAME -> at == extensionEnd ? nextExtension() : begin(Part.NAME_TYPE, 1);
            case PROTOCOLS_LENGTH -> fillsExtension() ? begin(Part.PROTOCOL_LENGTH, 1) : Reading.WRONG;
            case PROTOCOL_LENGTH -> beginProtocol();
            case PROTOCOL -> at == extensionEnd ? nextExtension() : begin(Part.PROTOCOL_LENGTH, 1);
            case VERSIONS_LENGTH -> fillsExtension() && isListOfPairs() ? begin(Part.LISTED_VERSION, 2) : Reading.WRONG;
            case LISTED_VERSION -> {
                // Others than those we know are there to see whether we can bear them (RFC 8701).
                if (value > listed && value >= OLDEST && value <= NEWEST) {
                    listed = value;
                }
                yield at == extensionEnd ? nextExtension() : begin(Part.LISTED_VERSION, 2);
            }
        };
    }

    private Reading begin(Part next, int bytes) {
        part = next;
        wanted = bytes;
        value = 0;
        boolean inExtension = next.compareTo(Part.EXTENSION) >= 0;
        return bytes > (inExtension ? extensionEnd : end) - at ? Reading.WRONG : Reading.MORE;
    }

    private boolean isListOfPairs() {
        return value >= 2 && value % 2 == 0;
    }

    /** Whether the list whose length was read is all that is left of its extension, and is not empty. */
    private boolean fillsExtension() {
        return value > 0 && at + value == extensionEnd;
    }

    private Reading nextExtension() {
        return at == end ? Reading.DONE : begin(Part.EXTENSION_TYPE, 2);
    }

    private Reading beginExtension() {
        int length = value;
        extensionEnd = at + length;
        if (extensionEnd > end) {
            return Reading.WRONG;
        }
        return switch (type) {
            case SERVER_NAME -> {
                boolean twice = sawNames;
                sawNames = true;
                yield twice ? Reading.WRONG : begin(Part.NAMES_LENGTH, 2);
            }
            case PROTOCOLS -> {
                boolean twice = sawProtocols;
                sawProtocols = true;
                yield twice ? Reading.WRONG : begin(Part.PROTOCOLS_LENGTH, 2);
            }
            case VERSIONS -> {
                boolean twice = sawVersions;
                sawVersions = true;
                yield twice ? Reading.WRONG : begin(Part.VERSIONS_LENGTH, 1);
            }
            default -> begin(Part.EXTENSION, length);
        };
    }

    private Reading beginName() {
        if (type != HOST_NAME) {
            return begin(Part.OTHER_NAME, value);
        }
        boolean good = value > 0 && value <= MOST_NAME_BYTES && name.isEmpty();
        return good ? begin(Part.NAME, value) : Reading.WRONG;
    }

    private Reading beginProtocol() {
        if (value == 0) {
            return Reading.WRONG;
        }
        if (!protocols.isEmpty()) {
            protocols.put((byte) ',');
        }
        return begin(Part.PROTOCOL, value);
    }
}
