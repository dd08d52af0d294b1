package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates the host's exceptions. */
final class FileFailures {
    /** The JDK has no types for these failures: it passes on the message of the C library. */
    private static final List<Map.Entry<String, Kind>> WORDS = List.of(
            Map.entry("No space left", Kind.NO_SPACE),
            Map.entry("not enough space", Kind.NO_SPACE),
            Map.entry("out of disk space", Kind.NO_SPACE),
            Map.entry("quota exceeded", Kind.NO_SPACE),
            Map.entry("File too large", Kind.FILE_TOO_LARGE),
            Map.entry("Too many open files", Kind.TOO_MANY_OPEN),
            Map.entry("File name too long", Kind.NAME_TOO_LONG),
            Map.entry("Too many levels of symbolic links", Kind.LOOP),
            Map.entry("Directory not empty", Kind.NOT_EMPTY),
            Map.entry("Not a directory", Kind.NOT_DIRECTORY),
            Map.entry("not a directory", Kind.NOT_DIRECTORY),
            Map.entry("Is a directory", Kind.IS_DIRECTORY),
            Map.entry("is a directory", Kind.IS_DIRECTORY),
            Map.entry("Read-only file system", Kind.READ_ONLY),
            Map.entry("Operation not permitted", Kind.NOT_PERMITTED),
            Map.entry("Permission denied", Kind.ACCESS),
            Map.entry("Invalid argument", Kind.INVALID),
            Map.entry("cross-device link", Kind.CROSS_DEVICE),
            Map.entry("busy", Kind.BUSY),
            Map.entry("used by another process", Kind.BUSY),
            Map.entry("Too many links", Kind.NO_SPACE),
            Map.entry("not supported", Kind.NOT_SUPPORTED),
            Map.entry("illegal byte sequence", Kind.ILLEGAL_NAME));

    private FileFailures() {}

    static FileException of(Exception e, String about) {
        Kind kind = kind(e);
        // The host's message may contain host paths.
        return new FileException(kind, about + ": " + words(kind));
    }

    static FileException of(Kind kind, String about) {
        return new FileException(kind, about + ": " + words(kind));
    }

    private static Kind kind(Exception e) {
        if (e instanceof IOException io) {
            return ofType(io);
        }
        if (e instanceof DirectoryIteratorException iteration && iteration.getCause() != null) {
            return ofType(iteration.getCause());
        }
        if (e instanceof InvalidPathException) {
            return Kind.ILLEGAL_NAME;
        }
        if (e instanceof UnsupportedOperationException && !(e instanceof ReadOnlyFileSystemException)) {
            return Kind.NOT_SUPPORTED;
        }
        if (e instanceof ReadOnlyFileSystemException) {
            return Kind.READ_ONLY;
        }
        if (e instanceof SecurityException) {
            return Kind.ACCESS;
        }
        if (e instanceof ClosedDirectoryStreamException) {
            return Kind.INVALID;
        }
        if (e instanceof ClosedFileSystemException) {
            return Kind.IO;
        }
        // A bug here or in the file system's provider: an error number must not hide it.
        throw (RuntimeException) e;
    }

    private static Kind ofType(IOException e) {
        if (e instanceof NoSuchFileException) {
            return Kind.NO_ENTRY;
        } else if (e instanceof FileAlreadyExistsException) {
            return Kind.EXISTS;
        } else if (e instanceof DirectoryNotEmptyException) {
            return Kind.NOT_EMPTY;
        } else if (e instanceof NotDirectoryException) {
            return Kind.NOT_DIRECTORY;
        } else if (e instanceof AccessDeniedException) {
            return Kind.ACCESS;
        } else if (e instanceof AtomicMoveNotSupportedException) {
            return Kind.CROSS_DEVICE;
        } else if (e instanceof FileSystemLoopException) {
            return Kind.LOOP;
        } else if (e instanceof NotLinkException) {
            return Kind.INVALID;
        } else if (e instanceof ClosedByInterruptException) {
            return Kind.INTERRUPTED;
        } else if (e instanceof ClosedChannelException) {
            return Kind.IO;
        } else if (e instanceof FileSystemException fs) {
            return ofWords(fs.getReason());
        }
        return ofWords(e.getMessage());
    }

    private static Kind ofWords(@Nullable String message) {
        if (message != null) {
            for (Map.Entry<String, Kind> word : WORDS) {
                if (message.contains(word.getKey())) {
                    return word.getValue();
                }
            }
        }
        return Kind.IO;
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case ACCESS -> "the host's permissions do not allow it";
            case BUSY -> "in use";
            case EXISTS -> "exists already";
            case FILE_TOO_LARGE -> "larger than a file can be";
            case ILLEGAL_NAME -> "the host cannot have such a name";
            case INTERRUPTED -> "the thread was interrupted";
            case INVALID -> "not valid for this kind of file";
            case IO -> "input or output of the host failed";
            case IS_DIRECTORY -> "is a directory";
            case LOOP -> "a link that must not be followed, or too many links in the path";
            case NAME_TOO_LONG -> "the path is too long";
            case NO_ENTRY -> "does not exist";
            case NO_SPACE -> "the disk is full";
            case NOT_DIRECTORY -> "is not a directory";
            case NOT_EMPTY -> "is not empty";
            case NOT_PERMITTED -> "not allowed";
            case NOT_SUPPORTED -> "not supported here";
            case OUTSIDE -> "leads out of the folder";
            case QUOTA -> "more than the guest may add";
            case READ_ONLY -> "the folder is read-only";
            case CROSS_DEVICE -> "source and target are in different folders";
            case TOO_MANY_OPEN -> "the host has too many files open";
        };
    }
}
