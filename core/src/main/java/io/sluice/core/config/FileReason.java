package io.sluice.core.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** Says why a file could not be used, for a message that names the file already. */
public final class FileReason {

    private FileReason() {}

    /** In few words and in English, whatever the system speaks. */
    public static String of(IOException failed) {
        return switch (failed) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case CharacterCodingException _ -> "it is not UTF-8";
            case FileSystemException other ->
                Objects.requireNonNullElse(other.getReason(), other.getClass().getSimpleName());
            default -> String.valueOf(failed.getMessage());
        };
    }
}
