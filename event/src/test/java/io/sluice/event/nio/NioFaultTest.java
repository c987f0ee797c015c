package io.sluice.event.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NioFaultTest {
    @ParameterizedTest
    @CsvSource({
        "Connection reset, CONNECTION_RESET",
        "Connection reset by peer, CONNECTION_RESET",
        "An existing connection was forcibly closed by the remote host, CONNECTION_RESET",
        "Broken pipe, BROKEN_PIPE",
        "Software caused connection abort, CONNECTION_ABORTED",
        "An established connection was aborted by the software in your host machine, CONNECTION_ABORTED",
        "Transport endpoint is not connected, NOT_CONNECTED",
        "Socket is not connected, NOT_CONNECTED",
        "Connection timed out, TIMED_OUT",
        "Operation timed out, TIMED_OUT",
        "Connection refused, REFUSED",
        "Network is down, NET_DOWN",
        "Network is unreachable, NET_UNREACHABLE",
        "Host is down, HOST_DOWN",
        "No route to host, HOST_UNREACHABLE",
        "Invalid argument, INVALID",
        "Message too long, MESSAGE_SIZE",
        "Too many open files, NO_DESCRIPTORS",
        "Too many open files in system, NO_DESCRIPTORS",
        "No buffer space available, NO_BUFFERS",
        "Cannot allocate memory, NO_BUFFERS",
        "Address already in use, ADDRESS_IN_USE",
        "Cannot assign requested address, ADDRESS_NOT_AVAILABLE",
        "Can't assign requested address, ADDRESS_NOT_AVAILABLE",
        "Permission denied, ACCESS",
        "Operation not permitted, ACCESS",
        "No such file or directory, NO_SUCH_FILE",
        "Weather too bad, OTHER",
    })
    void the_text_of_the_system_tells_the_fault(String text, IoFault fault) {
        assertEquals(fault, NioFault.of(new SocketException(text)));
    }

    /** The text is in the language of the locale. */
    @Test
    void where_the_text_says_nothing_the_type_does() {
        assertEquals(IoFault.REFUSED, NioFault.of(new ConnectException("Verbindungsaufbau abgelehnt")));
        assertEquals(IoFault.HOST_UNREACHABLE, NioFault.of(new NoRouteToHostException("Keine Route zum Zielrechner")));
        assertEquals(IoFault.ADDRESS_IN_USE, NioFault.of(new BindException("Die Adresse wird bereits verwendet")));
        assertEquals(IoFault.BROKEN_PIPE, NioFault.of(new AsynchronousCloseException()));
        assertEquals(IoFault.OTHER, NioFault.of(new IOException()));
    }

    @Test
    void the_text_is_more_exact_than_the_type() {
        assertEquals(IoFault.TIMED_OUT, NioFault.of(new ConnectException("Connection timed out")));
        assertEquals(IoFault.ACCESS, NioFault.of(new BindException("Permission denied")));
    }

    @Test
    void the_name_of_a_file_is_not_taken_for_a_reason() {
        assertEquals(IoFault.NO_SUCH_FILE, NioFault.of(new NoSuchFileException("/srv/Broken pipe")));
        assertEquals(IoFault.ACCESS, NioFault.of(new AccessDeniedException("/srv/Connection refused")));
        assertEquals(
                IoFault.NO_DESCRIPTORS,
                NioFault.of(new FileSystemException("/srv/Broken pipe", null, "Too many open files")));
        assertEquals(
                IoFault.NO_SUCH_FILE,
                NioFault.of(new FileSystemException("/srv/index.html/x", null, "Not a directory")));
    }

    @Test
    void what_this_system_really_says_is_understood() throws IOException {
        InetSocketAddress taken;
        try (ServerSocketChannel first = ServerSocketChannel.open();
                ServerSocketChannel second = ServerSocketChannel.open()) {
            taken = (InetSocketAddress) first.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .getLocalAddress();
            IOException inUse = assertThrows(IOException.class, () -> second.bind(taken));
            assertEquals(IoFault.ADDRESS_IN_USE, NioFault.of(inUse));
        }
        IOException refused = assertThrows(IOException.class, () -> SocketChannel.open(taken));
        assertEquals(IoFault.REFUSED, NioFault.of(refused));
    }
}
