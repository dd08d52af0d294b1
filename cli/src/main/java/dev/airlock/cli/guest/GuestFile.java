package dev.airlock.cli.guest;

import dev.airlock.component.Component;
import dev.airlock.error.ModuleException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A guest that was read into memory, since a pipe can be read only once.
 *
 * @param name the name in errors and traces: the file's name, or {@code stdin}
 * @param bytes the file's content, which starts like a module or a component
 */
public record GuestFile(String name, byte[] bytes) {
    /** The names of standard input. A shell's {@code <(…)} would use the last one if its descriptor were 0. */
    private static final Set<String> STANDARD_INPUT = Set.of("-", "/dev/stdin", "/proc/self/fd/0", "/dev/fd/0");

    /** A URL as a {@link File}, which replaces two slashes by one. */
    private static final Pattern URL = Pattern.compile("([a-z][a-z0-9+.-]+):/{1,2}(\\S+)");

    /**
     * Reads a file, a pipe, or standard input up to its end.
     *
     * @throws ModuleException if it cannot be read or is not WebAssembly; the message says what it is and what to do
     */
    public static GuestFile read(File guest) {
        String given = guest.getPath();
        if (STANDARD_INPUT.contains(given)) {
            // FileInputStream asks for a size and a position, which a pipe does not have.
            return read("stdin", given, new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        }
        Path path = guest.toPath();
        Matcher url = URL.matcher(given);
        if (url.matches() && !Files.exists(path)) {
            String address = url.group(1) + "://" + url.group(2);
            throw refused(address, NotWebAssembly.url(address));
        }
        if (Files.isDirectory(path)) {
            throw refused(given, NotWebAssembly.folder(path));
        }
        try (InputStream in = Files.newInputStream(path)) {
            String name = Objects.requireNonNullElse(path.getFileName(), path).toString();
            // The name of a shell's pipe is only a number.
            return read(given.startsWith("/dev/fd/") ? given : name, given, in);
        } catch (NoSuchFileException e) {
            throw new ModuleException(given, ModuleException.UNKNOWN_OFFSET, "no such file", e);
        } catch (AccessDeniedException e) {
            throw new ModuleException(given, ModuleException.UNKNOWN_OFFSET, "cannot be read: permission denied", e);
        } catch (IOException e) {
            throw unreadable(given, e);
        }
    }

    private static GuestFile read(String name, String given, InputStream in) {
        try {
            byte[] head = in.readNBytes(NotWebAssembly.HEAD);
            String other = NotWebAssembly.look(given, head);
            if (!other.isEmpty()) {
                throw refused(given.equals("-") ? name : given, other);
            }
            return new GuestFile(name, new SequenceInputStream(new ByteArrayInputStream(head), in).readAllBytes());
        } catch (IOException e) {
            throw unreadable(given, e);
        } catch (OutOfMemoryError e) {
            throw new ModuleException(given, ModuleException.UNKNOWN_OFFSET, "is too large for the Java heap", e);
        }
    }

    private static ModuleException refused(String given, String what) {
        return new ModuleException(given, ModuleException.UNKNOWN_OFFSET, what, null);
    }

    private static ModuleException unreadable(String given, IOException e) {
        return new ModuleException(given, ModuleException.UNKNOWN_OFFSET, "cannot be read: " + e.getMessage(), e);
    }

    /** Returns whether it is a component, of any version, and not a core module. */
    public boolean isComponent() {
        return Component.isComponent(bytes);
    }
}
