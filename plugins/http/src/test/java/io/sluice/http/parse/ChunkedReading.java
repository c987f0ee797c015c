package io.sluice.http.parse;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** What a decoder makes of a chunked body that comes read by read, by either of its two ways. */
final class ChunkedReading {
    static final ChunkLimits LIMITS = new ChunkLimits(64, 128, 5);

    final ChunkedDecoder decoder;
    final ByteArrayOutputStream data = new ByteArrayOutputStream();
    ChunkedDecoder.Event last = ChunkedDecoder.Event.MORE;
    int consumed;

    private ChunkedReading(ChunkedDecoder decoder) {
        this.decoder = decoder;
    }

    static ChunkedReading decoded(byte[] message, int[] ends, int poison) {
        ChunkedReading reading = new ChunkedReading(new ChunkedDecoder(LIMITS, KnownHeaders.STANDARD));
        reading.feed(message, ends, poison, true);
        return reading;
    }

    /** With a decoder that has read before. */
    static ChunkedReading again(ChunkedDecoder decoder, byte[] message) {
        ChunkedReading reading = new ChunkedReading(decoder);
        reading.feed(message, Wire.whole(message.length), 'x', true);
        return reading;
    }

    /** Data is taken from the message itself, never shown to the decoder. */
    static ChunkedReading framed(byte[] message, int[] ends, int poison) {
        ChunkedReading reading = new ChunkedReading(new ChunkedDecoder(LIMITS, KnownHeaders.STANDARD));
        reading.feed(message, ends, poison, false);
        return reading;
    }

    private void feed(byte[] message, int[] ends, int poison, boolean copied) {
        byte[] window = new byte[message.length + 16];
        for (int end : ends) {
            while (last == ChunkedDecoder.Event.MORE || last == ChunkedDecoder.Event.DATA) {
                int taken = consumed;
                Arrays.fill(window, (byte) poison);
                int shift = consumed % 5;
                if (copied || decoder.dataRemaining() == 0) {
                    System.arraycopy(message, consumed, window, consumed + shift, end - consumed);
                }
                if (copied) {
                    decode(window, consumed + shift, end + shift);
                } else {
                    frame(message, window, consumed + shift, end + shift);
                }
                if (last == ChunkedDecoder.Event.MORE || consumed == taken) {
                    break;
                }
            }
        }
    }

    private void decode(byte[] window, int from, int to) {
        last = decoder.decode(window, from, to);
        if (last == ChunkedDecoder.Event.DATA) {
            data.write(window, decoder.dataOffset(), decoder.dataLength());
        }
        consumed += decoder.position() - from;
    }

    private void frame(byte[] message, byte[] window, int from, int to) {
        last = decoder.frame(window, from, to);
        consumed += decoder.position() - from;
        if (last == ChunkedDecoder.Event.DATA) {
            int length = (int) Math.min(decoder.dataRemaining(), to - decoder.position());
            data.write(message, consumed, length);
            decoder.skipData(length);
            consumed += length;
            last = length == 0 ? ChunkedDecoder.Event.MORE : last;
        }
    }

    /** Without the position of a fault: a trailer is refused as a line, however it was cut. */
    @Override
    public String toString() {
        boolean bad = last == ChunkedDecoder.Event.BAD;
        String event = bad || decoder.done() ? last.name() : "MORE";
        Trailers trailers = decoder.trailers();
        return event
                + ' '
                + decoder.fault()
                + (bad ? "" : " at " + consumed)
                + ' '
                + Wire.text(data.toByteArray())
                + (trailers == null ? "" : " trailers " + Wire.text(trailers.bytes(), 0, trailers.length()));
    }
}
