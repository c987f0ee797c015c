package io.sluice.testkit.driver;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.Readiness;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/** The server's end of a scripted connection. */
final class ScriptedEndpoint extends ScriptedSocket {
    static final long UNLIMITED = Long.MAX_VALUE;

    final Arriving arriving = new Arriving();
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    final Map<SocketOption, Integer> options = new EnumMap<>(SocketOption.class);
    long window = UNLIMITED;
    boolean connecting;
    boolean reset;
    boolean outputEnded;
    boolean resetSent;
    private boolean resetOnClose;
    private IoFault connectFault = IoFault.NONE;
    private IoFault fault = IoFault.NONE;
    private boolean endTold;
    private boolean resetTold;

    ScriptedEndpoint(ScriptedDriver driver, Address remote, Address local, boolean connecting) {
        super(driver, remote, local);
        this.connecting = connecting;
    }

    // ---- what the test does to it

    void connectEnds(IoFault how) {
        connecting = false;
        connectFault = how;
    }

    void reset() {
        reset = true;
        arriving.drop();
    }

    // ---- readiness

    @Override
    public int tell() {
        if (!attached() || connecting) {
            return 0;
        }
        boolean failed = reset || connectFault != IoFault.NONE;
        if (failed) {
            return tellFailed();
        }
        arriving.step();
        int bits = 0;
        boolean ends = driver().tellsPeerClose() && arriving.endIsThere();
        if (readArmed && (arriving.count() > 0 || arriving.atEnd()) || ends && !endTold) {
            bits |= ends ? Readiness.READ | Readiness.PEER_CLOSED : Readiness.READ;
            readArmed = false;
            endTold = ends;
        }
        if (writeArmed && window > 0) {
            bits |= Readiness.WRITE;
            writeArmed = false;
        }
        return bits;
    }

    /** A driver that tells of a close tells of a failure at once; the others when somebody waits. */
    private int tellFailed() {
        if (resetTold || !(driver().tellsPeerClose() || readArmed || writeArmed)) {
            return 0;
        }
        resetTold = true;
        return Readiness.READ | Readiness.WRITE | Readiness.ERROR;
    }

    @Override
    public void attach(long withToken, boolean write) {
        super.attach(withToken, write);
        resetTold = false;
        endTold = false;
    }

    // ---- moving bytes

    @Override
    public int read(Buf into) {
        int refused = refuses();
        return refused != 0 ? refused : readNow(into, UNLIMITED);
    }

    @Override
    public long readv(Chain into, long limit) {
        int refused = refuses();
        if (refused != 0) {
            return refused;
        }
        long moved = 0;
        for (Chain link = into; link != null && moved < limit; link = link.next()) {
            int n = link.buf().room() == 0 ? 0 : readNow(link.buf(), limit - moved);
            if (n < 0 || n == Io.END && link.buf().room() > 0) {
                return moved > 0 ? moved : n;
            }
            moved += n;
        }
        return moved;
    }

    private int readNow(Buf into, long limit) {
        if (arriving.atEnd()) {
            return Io.END;
        }
        ByteBuffer room = driver().memory().writeView(into);
        int n = arriving.read(room, limit);
        driver().memory().filled(into, n);
        return n == 0 ? Io.AGAIN : n;
    }

    @Override
    public int write(Buf from) {
        int refused = refusesOutput();
        return refused != 0 ? refused : again(writeNow(from, UNLIMITED));
    }

    @Override
    public long writev(Chain from, long limit) {
        int refused = refusesOutput();
        if (refused != 0) {
            return refused;
        }
        int moved = 0;
        int bufs = 0;
        for (Chain link = from; link != null && bufs < GATHER && moved < limit; link = link.next()) {
            Buf buf = link.buf();
            if (buf.inFile()) {
                break;
            }
            if (buf.size() > 0) {
                bufs++;
                int n = writeNow(buf, limit - moved);
                moved += n;
                if (n < buf.size()) {
                    break;
                }
            }
        }
        return again(moved);
    }

    private int writeNow(Buf from, long limit) {
        ByteBuffer bytes = driver().memory().readView(from);
        return accept(bytes, limit);
    }

    private int accept(ByteBuffer bytes, long limit) {
        int count = (int) Math.min(Math.min(bytes.remaining(), limit), window);
        byte[] copy = new byte[count];
        bytes.get(copy);
        sent.writeBytes(copy);
        if (window != UNLIMITED) {
            window -= count;
        }
        return count;
    }

    @Override
    public long sendFile(Buf from, long limit) {
        if (!(from.file() instanceof ScriptedFile file)) {
            throw new IllegalArgumentException("a file that another kind of driver opened");
        }
        int refused = refusesOutput();
        if (refused != 0) {
            return refused;
        }
        ByteBuffer range = file.range(from.filePos(), from.size());
        return range.hasRemaining() ? again(accept(range, limit)) : Io.END;
    }

    private static int again(int moved) {
        return moved == 0 ? Io.AGAIN : moved;
    }

    private int refusesOutput() {
        int refused = refuses();
        if (refused == 0 && outputEnded) {
            fault = IoFault.BROKEN_PIPE;
            return Io.ERROR;
        }
        return refused;
    }

    private int refuses() {
        check();
        if (connecting) {
            fault = IoFault.NOT_CONNECTED;
        } else if (connectFault != IoFault.NONE) {
            fault = connectFault;
        } else if (reset) {
            fault = IoFault.CONNECTION_RESET;
        } else {
            return 0;
        }
        return Io.ERROR;
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    @Override
    public IoFault connectResult() {
        return connecting ? IoFault.NOT_CONNECTED : connectFault;
    }

    // ---- the socket

    @Override
    public void shutdownOutput() {
        check();
        outputEnded = true;
    }

    @Override
    public void resetOnClose() {
        check();
        resetOnClose = true;
    }

    @Override
    public boolean option(SocketOption option, int value) {
        check();
        options.put(option, value);
        return true;
    }

    @Override
    public void close() {
        super.close();
        // A system that is asked to close a socket with unread bytes sends a reset, which may overtake what was sent
        // last.
        resetSent = resetOnClose || arriving.count() > 0;
    }
}
