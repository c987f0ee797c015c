package io.sluice.event.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The system calls of Linux as its C library offers them: one static method per call, which answers the result or
 * {@code -errno}, and does nothing else. Memory is passed by address; the caller keeps it alive.
 *
 * <p>All calls have one shape: five words in, one word out. An int travels as a word, and registers beyond those that a
 * function takes are not looked at by it (System V x86-64, AAPCS64). So one handle serves all of them: the first shape
 * costs 20 to 60 ms of the start, each further one 5 to 10 ms, one more function 5 µs. No call is slower for it. {@link
 * Linker.Option#critical} would save 2 of the 480 ns of a recv that finds nothing, and make a garbage collection wait
 * for each call, so it is not used.
 *
 * <p><b>Thread:</b> any, each with an {@link #errno} segment of its own.
 */
public final class LibC {
    /** The folder of the process, where a descriptor of one is wanted. */
    public static final int AT_FDCWD = -100;

    // The same on every processor, as all numbers from 424 on.
    private static final long NR_OPENAT2 = 437;
    private static final long NR_CACHESTAT = 451;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle CALL = link();

    private static final MemorySegment ACCEPT4 = find("accept4");
    private static final MemorySegment BIND = find("bind");
    private static final MemorySegment CHMOD = find("chmod");
    private static final MemorySegment CLOSE = find("close");
    private static final MemorySegment CONNECT = find("connect");
    private static final MemorySegment EPOLL_CREATE1 = find("epoll_create1");
    private static final MemorySegment EPOLL_CTL = find("epoll_ctl");
    private static final MemorySegment EPOLL_WAIT = find("epoll_wait");
    private static final MemorySegment EVENTFD = find("eventfd");
    private static final MemorySegment GETPAGESIZE = find("getpagesize");
    private static final MemorySegment GETPEERNAME = find("getpeername");
    private static final MemorySegment GETRLIMIT = find("getrlimit");
    private static final MemorySegment GETSOCKNAME = find("getsockname");
    private static final MemorySegment GETSOCKOPT = find("getsockopt");
    private static final MemorySegment LISTEN = find("listen");
    private static final MemorySegment OPENAT = find("openat");
    private static final MemorySegment PREAD = find("pread");
    private static final MemorySegment PREADV2 = find("preadv2");
    private static final MemorySegment READ = find("read");
    private static final MemorySegment READV = find("readv");
    private static final MemorySegment RECV = find("recv");
    private static final MemorySegment RECVMMSG = find("recvmmsg");
    private static final MemorySegment SEND = find("send");
    private static final MemorySegment SENDFILE = find("sendfile");
    private static final MemorySegment SENDMMSG = find("sendmmsg");
    private static final MemorySegment SENDMSG = find("sendmsg");
    private static final MemorySegment SETRLIMIT = find("setrlimit");
    private static final MemorySegment SETSOCKOPT = find("setsockopt");
    private static final MemorySegment SHUTDOWN = find("shutdown");
    private static final MemorySegment SIGNALFD = find("signalfd");
    private static final MemorySegment SOCKET = find("socket");
    private static final MemorySegment STATX = find("statx");
    private static final MemorySegment SYSCALL = find("syscall");
    private static final MemorySegment TIMERFD_CREATE = find("timerfd_create");
    private static final MemorySegment TIMERFD_SETTIME = find("timerfd_settime");
    private static final MemorySegment UNLINK = find("unlink");
    private static final MemorySegment WRITE = find("write");
    private static final MemorySegment WRITEV = find("writev");

    private LibC() {}

    /** Where a thread's calls leave their error number. */
    public static MemorySegment errno(Arena arena) {
        return arena.allocate(Linker.Option.captureStateLayout());
    }

    // ---- waiting

    public static int epollCreate1(MemorySegment errno, int flags) {
        return number(EPOLL_CREATE1, errno, flags, 0, 0, 0, 0);
    }

    public static int epollCtl(MemorySegment errno, int epoll, int operation, int fd, long event) {
        return number(EPOLL_CTL, errno, epoll, operation, fd, event, 0);
    }

    public static int epollWait(MemorySegment errno, int epoll, long events, int capacity, int millis) {
        return number(EPOLL_WAIT, errno, epoll, events, capacity, millis, 0);
    }

    public static int eventfd(MemorySegment errno, int initial, int flags) {
        return number(EVENTFD, errno, initial, flags, 0, 0, 0);
    }

    public static int timerfdCreate(MemorySegment errno, int clock, int flags) {
        return number(TIMERFD_CREATE, errno, clock, flags, 0, 0, 0);
    }

    /** @param time address of a {@code struct itimerspec}: seconds and nanoseconds between two rings, and to the first */
    public static int timerfdSettime(MemorySegment errno, int fd, int flags, long time) {
        return number(TIMERFD_SETTIME, errno, fd, flags, time, 0, 0);
    }

    // ---- moving bytes

    public static long recv(MemorySegment errno, int fd, long into, long bytes, int flags) {
        return count(RECV, errno, fd, into, bytes, flags);
    }

    public static long send(MemorySegment errno, int fd, long from, long bytes, int flags) {
        return count(SEND, errno, fd, from, bytes, flags);
    }

    /**
     * @param messages address of an array of {@code struct mmsghdr}
     * @return how many messages were received
     */
    public static int recvmmsg(MemorySegment errno, int fd, long messages, int messageCount, int flags) {
        return number(RECVMMSG, errno, fd, messages, messageCount, flags, 0);
    }

    /**
     * @param messages as for {@link #recvmmsg}
     * @return how many messages were sent; what hindered the next is told by the next call
     */
    public static int sendmmsg(MemorySegment errno, int fd, long messages, int messageCount, int flags) {
        return number(SENDMMSG, errno, fd, messages, messageCount, flags, 0);
    }

    /** @param message address of a {@link MsgHdr} */
    public static long sendmsg(MemorySegment errno, int fd, long message, int flags) {
        return count(SENDMSG, errno, fd, message, flags, 0);
    }

    public static long readv(MemorySegment errno, int fd, long vectors, int vectorCount) {
        return count(READV, errno, fd, vectors, vectorCount, 0);
    }

    /** May raise SIGPIPE, which the JVM has a handler for that does nothing. */
    public static long writev(MemorySegment errno, int fd, long vectors, int vectorCount) {
        return count(WRITEV, errno, fd, vectors, vectorCount, 0);
    }

    /** May raise SIGPIPE as {@link #writev}. */
    public static long sendfile(MemorySegment errno, int fd, int file, long position, long bytes) {
        return count(SENDFILE, errno, fd, file, position, bytes);
    }

    public static long read(MemorySegment errno, int fd, long into, long bytes) {
        return count(READ, errno, fd, into, bytes, 0);
    }

    public static long write(MemorySegment errno, int fd, long from, long bytes) {
        return count(WRITE, errno, fd, from, bytes, 0);
    }

    // ---- sockets

    public static int socket(MemorySegment errno, int family, int type, int protocol) {
        return number(SOCKET, errno, family, type, protocol, 0, 0);
    }

    public static int bind(MemorySegment errno, int fd, long address, int addressBytes) {
        return number(BIND, errno, fd, address, addressBytes, 0, 0);
    }

    public static int listen(MemorySegment errno, int fd, int backlog) {
        return number(LISTEN, errno, fd, backlog, 0, 0, 0);
    }

    /** @param addressBytes where the room for the address is found, and its length is left */
    public static int accept4(MemorySegment errno, int fd, long address, long addressBytes, int flags) {
        return number(ACCEPT4, errno, fd, address, addressBytes, flags, 0);
    }

    public static int connect(MemorySegment errno, int fd, long address, int addressBytes) {
        return number(CONNECT, errno, fd, address, addressBytes, 0, 0);
    }

    /** @param addressBytes as for {@link #accept4} */
    public static int getsockname(MemorySegment errno, int fd, long address, long addressBytes) {
        return number(GETSOCKNAME, errno, fd, address, addressBytes, 0, 0);
    }

    /** @param addressBytes as for {@link #accept4} */
    public static int getpeername(MemorySegment errno, int fd, long address, long addressBytes) {
        return number(GETPEERNAME, errno, fd, address, addressBytes, 0, 0);
    }

    /** @param valueBytes where the room for the value is found, and its length is left */
    public static int getsockopt(MemorySegment errno, int fd, int level, int name, long value, long valueBytes) {
        return number(GETSOCKOPT, errno, fd, level, name, value, valueBytes);
    }

    public static int setsockopt(MemorySegment errno, int fd, int level, int name, long value, int valueBytes) {
        return number(SETSOCKOPT, errno, fd, level, name, value, valueBytes);
    }

    public static int shutdown(MemorySegment errno, int fd, int how) {
        return number(SHUTDOWN, errno, fd, how, 0, 0, 0);
    }

    /** Never to be repeated: the descriptor is gone also after EINTR, and may be another's by then. */
    public static int close(MemorySegment errno, int fd) {
        return number(CLOSE, errno, fd, 0, 0, 0, 0);
    }

    // ---- files

    /**
     * @param folder to which a relative path belongs; {@link #AT_FDCWD} for the process's own
     * @param path address of the bytes with a zero after them
     */
    public static int openat(MemorySegment errno, int folder, long path, int flags) {
        return number(OPENAT, errno, folder, path, flags, 0, 0);
    }

    /**
     * Linux 5.6; the C library has no function for it.
     *
     * @param how address of a {@code struct open_how}: flags, mode and resolve, a word each
     */
    public static int openat2(MemorySegment errno, int folder, long path, long how) {
        return number(SYSCALL, errno, NR_OPENAT2, folder, path, how, 3 * Long.BYTES);
    }

    public static long pread(MemorySegment errno, int fd, long into, long bytes, long position) {
        return count(PREAD, errno, fd, into, bytes, position);
    }

    public static long preadv2(MemorySegment errno, int fd, long vectors, int vectorCount, long position, int flags) {
        long result = call(PREADV2, errno, fd, vectors, vectorCount, position, flags);
        return result == -1 ? -errno.get(JAVA_INT, 0) : result;
    }

    /**
     * How much of a range of a file is in memory. Linux 6.5; the C library has no function for it.
     *
     * @param range address of two words: where it begins, its length
     * @param into address of five words, of which the first is the number of pages in memory
     */
    public static int cachestat(MemorySegment errno, int fd, long range, long into) {
        return number(SYSCALL, errno, NR_CACHESTAT, fd, range, into, 0);
    }

    public static int statx(MemorySegment errno, int fd, long path, int flags, int mask, long into) {
        return number(STATX, errno, fd, path, flags, mask, into);
    }

    public static int chmod(MemorySegment errno, long path, int mode) {
        return number(CHMOD, errno, path, mode, 0, 0, 0);
    }

    public static int unlink(MemorySegment errno, long path) {
        return number(UNLINK, errno, path, 0, 0, 0, 0);
    }

    // ---- the process

    public static int signalfd(MemorySegment errno, int fd, long signals, int flags) {
        return number(SIGNALFD, errno, fd, signals, flags, 0, 0);
    }

    public static int getrlimit(MemorySegment errno, int resource, long limits) {
        return number(GETRLIMIT, errno, resource, limits, 0, 0, 0);
    }

    /** Bytes of a page of memory. */
    public static int getpagesize(MemorySegment errno) {
        return number(GETPAGESIZE, errno, 0, 0, 0, 0, 0);
    }

    public static int setrlimit(MemorySegment errno, int resource, long limits) {
        return number(SETRLIMIT, errno, resource, limits, 0, 0, 0);
    }

    // ---- the door

    /** A function that answers an int: the upper half of the word means nothing. */
    private static int number(MemorySegment function, MemorySegment errno, long a, long b, long c, long d, long e) {
        int result = (int) call(function, errno, a, b, c, d, e);
        return result == -1 ? -errno.get(JAVA_INT, 0) : result;
    }

    /** A function that answers an ssize_t. */
    private static long count(MemorySegment function, MemorySegment errno, long a, long b, long c, long d) {
        long result = call(function, errno, a, b, c, d, 0);
        return result == -1 ? -errno.get(JAVA_INT, 0) : result;
    }

    private static long call(MemorySegment function, MemorySegment errno, long a, long b, long c, long d, long e) {
        try {
            return (long) CALL.invokeExact(function, errno, a, b, c, d, e);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The only place that needs {@code --enable-native-access=io.sluice.event}. */
    @SuppressWarnings("restricted")
    private static MethodHandle link() {
        return LINKER.downcallHandle(
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.captureCallState("errno"));
    }

    private static MemorySegment find(String function) {
        return LINKER.defaultLookup()
                .find(function)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + function + "()"));
    }
}
