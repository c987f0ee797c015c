package io.sluice.testkit.wire;

/** Sees what passes over a {@link Wire}, as it passes. <b>Thread:</b> the one that uses the wire. */
public interface Tap {

    /** A tap that looks away. */
    Tap NONE = new Tap() {
        @Override
        public void received(byte[] bytes, int offset, int length) {}

        @Override
        public void sent(int length) {}
    };

    /** Called before a reader sees them. The array is the wire's own buffer: copy what is to be kept. */
    void received(byte[] bytes, int offset, int length);

    /** The kernel took this many bytes; the peer need not have read them. */
    void sent(int length);
}
