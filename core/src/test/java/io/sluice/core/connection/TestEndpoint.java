package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.log.IoFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A socket that answers what the test has written down, and notes what it was asked. */
final class TestEndpoint extends Endpoint {
    private final NativeAccess memory;
    private final ArrayDeque<Long> answers = new ArrayDeque<>();
    final List<String> calls = new ArrayList<>();
    IoFault fault = IoFault.NONE;
    Address remote = Address.inet(new byte[] {10, 0, 0, 9}, 1234);
    Address local = Address.inet(new byte[] {10, 0, 0, 1}, 80);
    SocketType type = SocketType.STREAM;
    boolean refusesOptions;
    boolean corks;
    boolean takesMore;
    private boolean attached;

    TestEndpoint(NativeAccess memory) {
        this.memory = memory;
    }

    /** What the next operations answer, one after the other. */
    TestEndpoint answers(long... next) {
        for (long answer : next) {
            answers.add(answer);
        }
        return this;
    }

    private long answer(String call) {
        calls.add(call);
        Long next = answers.poll();
        if (next == null) {
            throw new AssertionError("nobody said what to answer to " + call);
        }
        return next;
    }

    List<String> takeCalls() {
        List<String> all = List.copyOf(calls);
        calls.clear();
        return all;
    }

    @Override
    public int read(Buf into) {
        int n = (int) answer("read " + into.room());
        fill(into, n);
        return n;
    }

    private void fill(Buf into, int n) {
        if (n > 0) {
            for (int i = 0; i < n; i++) {
                memory.writeView(into).put(i + into.last(), (byte) ('a' + i % 26));
            }
            memory.filled(into, n);
        }
    }

    @Override
    public long readv(Chain into, long limit) {
        long n = answer("readv " + limit);
        fill(into.buf(), (int) Math.min(n, into.buf().room()));
        return n;
    }

    @Override
    public int write(Buf from) {
        return (int) answer("write " + from.size());
    }

    @Override
    public long writev(Chain from, long limit) {
        return answer("writev " + (limit == Long.MAX_VALUE ? "all" : limit));
    }

    @Override
    public SocketType socketType() {
        return type;
    }

    @Override
    public int sendDatagrams(Chain from, long limit) {
        return (int) answer("sendDatagrams " + (limit > Integer.MAX_VALUE ? "all" : limit));
    }

    @Override
    public void endDatagrams() {
        calls.add("endDatagrams");
    }

    @Override
    public boolean takesMore() {
        return takesMore;
    }

    @Override
    public long writevMore(Chain from, long limit) {
        return answer("writevMore " + (limit == Long.MAX_VALUE ? "all" : limit));
    }

    @Override
    public long sendFile(Buf from, long limit) {
        return answer("sendFile " + Math.min(from.size(), limit));
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    @Override
    public IoFault connectResult() {
        return fault;
    }

    @Override
    public void attach(long token, boolean write) {
        attached = true;
        calls.add("attach");
    }

    @Override
    public boolean attached() {
        return attached;
    }

    @Override
    public void detach() {
        attached = false;
        calls.add("detach");
    }

    @Override
    public void awaitRead() {
        calls.add("awaitRead");
    }

    @Override
    public void awaitWrite() {
        calls.add("awaitWrite");
    }

    @Override
    public void shutdownOutput() {
        calls.add("shutdownOutput");
    }

    @Override
    public void resetOnClose() {
        calls.add("resetOnClose");
    }

    @Override
    public boolean corks() {
        return corks;
    }

    @Override
    public boolean option(SocketOption option, int value) {
        calls.add(option + "=" + value);
        return !refusesOptions;
    }

    @Override
    public Address remoteAddress() {
        return remote;
    }

    @Override
    public Address localAddress() {
        calls.add("localAddress");
        return local;
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
