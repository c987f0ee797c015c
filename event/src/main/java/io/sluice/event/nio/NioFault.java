package io.sluice.event.nio;

import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what an exception of the JDK's channels means. The JDK keeps no error number: what is left is the text of the system,
 * which is in the language of the process's locale, and the type of the exception. The text is asked first because it is more exact;
 * the type answers where the text is foreign.
 */
final class NioFault {
    private NioFault() {}

    /** A part of the text that a system prints, and what it means. */
    private record Phrase(String part, IoFault fault) {}

    private static final Phrase[] PHRASES = {
        new Phrase("Connection reset", IoFault.CONNECTION_RESET),
        new Phrase("forcibly closed by the remote host", IoFault.CONNECTION_RESET),
        new Phrase("Broken pipe", IoFault.BROKEN_PIPE),
        new Phrase("connection abort", IoFault.CONNECTION_ABORTED),
        new Phrase("connection was aborted", IoFault.CONNECTION_ABORTED),
        new Phrase("is not connected", IoFault.NOT_CONNECTED),
        new Phrase("timed out", IoFault.TIMED_OUT),
        new Phrase("Connection refused", IoFault.REFUSED),
        // Linux says it of a unix socket whose queue is full, and will not tell when it no longer is.
        new Phrase("temporarily unavailable", IoFault.REFUSED),
        new Phrase("Network is down", IoFault.NET_DOWN),
        new Phrase("Network is unreachable", IoFault.NET_UNREACHABLE),
        new Phrase("Host is down", IoFault.HOST_DOWN),
        new Phrase("No route to host", IoFault.HOST_UNREACHABLE),
        new Phrase("Host is unreachable", IoFault.HOST_UNREACHABLE),
        new Phrase("Invalid argument", IoFault.INVALID),
        new Phrase("Message too long", IoFault.MESSAGE_SIZE),
        new Phrase("Too many open files", IoFault.NO_DESCRIPTORS),
        new Phrase("No buffer space", IoFault.NO_BUFFERS),
        new Phrase("Cannot allocate memory", IoFault.NO_BUFFERS),
        new Phrase("already in use", IoFault.ADDRESS_IN_USE),
        // Windows says it of an address that a socket listens on.
        new Phrase("Only one usage of each socket address", IoFault.ADDRESS_IN_USE),
        new Phrase("assign requested address", IoFault.ADDRESS_NOT_AVAILABLE),
        new Phrase("Permission denied", IoFault.ACCESS),
        new Phrase("Operation not permitted", IoFault.ACCESS),
        new Phrase("No such file", IoFault.NO_SUCH_FILE),
        new Phrase("Not a directory", IoFault.NO_SUCH_FILE),
        new Phrase("File name too long", IoFault.NO_SUCH_FILE),
        new Phrase("Too many levels of symbolic links", IoFault.TOO_MANY_LINKS),
    };

    /** What the exception means; never {@link IoFault#NONE}. */
    static IoFault of(IOException exception) {
        // The message of a file's exception begins with its path, which may be anything.
        IoFault told =
                ofText(exception instanceof FileSystemException ofFile ? ofFile.getReason() : exception.getMessage());
        return told != IoFault.OTHER ? told : ofType(exception);
    }

    private static IoFault ofText(@Nullable String text) {
        if (text == null) {
            return IoFault.OTHER;
        }
        for (Phrase phrase : PHRASES) {
            if (text.contains(phrase.part)) {
                return phrase.fault;
            }
        }
        return IoFault.OTHER;
    }

    private static IoFault ofType(IOException exception) {
        return switch (exception) {
            case ConnectException _, PortUnreachableException _ -> IoFault.REFUSED;
            case NoRouteToHostException _ -> IoFault.HOST_UNREACHABLE;
            case BindException _ -> IoFault.ADDRESS_IN_USE;
            case NoSuchFileException _ -> IoFault.NO_SUCH_FILE;
            case AccessDeniedException _ -> IoFault.ACCESS;
            case FileSystemLoopException _ -> IoFault.TOO_MANY_LINKS;
            // Nobody but the owner closes a socket; what is left is a write after the end of our stream was sent.
            case ClosedChannelException _ -> IoFault.BROKEN_PIPE;
            default -> IoFault.OTHER;
        };
    }
}
