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
 * A guest that was read, once, since a pipe can be read no more often.
 *
 * @param name how errors and traces name it: the file's name, or {@code stdin}
 * @param bytes what is in it, which starts as a module or a component does
 */
public record GuestFile(String name, byte[] bytes) {
    /** The names of standard input; the last is that of a shell's own {@code <(…)} if it had the number 0. */
    private static final Set<String> STANDARD_INPUT = Set.of("-", "/dev/stdin", "/proc/self/fd/0", "/dev/fd/0");

    /** A URL as {@link File} has it, which makes one slash of two. */
    private static final Pattern URL = Pattern.compile("([a-z][a-z0-9+.-]+):/{1,2}(\\S+)");

    /**
     * Reads a file, a pipe, or standard input, whose descriptor it leaves at the end.
     *
     * @throws ModuleException if it cannot be read, or is no WebAssembly: it says what it is instead, and what to do
     */
    public static GuestFile read(File guest) {
        String given = guest.getPath();
        if (STANDARD_INPUT.contains(given)) {
            // A file's own stream asks for its size and its place, and a pipe has neither.
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
            // A pipe of a shell's own making has a number for a name.
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

    /** Whether it is a component, of whatever version, and not a core module. */
    public boolean isComponent() {
        return Component.isComponent(bytes);
    }
}
