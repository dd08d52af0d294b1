package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks that one plain name of a guest is one plain name of the host as well. */
final class HostNames {
    static final int LONGEST_PATH = 4096;
    static final int LONGEST_NAME = 255;

    /** Names that Windows takes for devices, whatever their extension. */
    private static final Pattern DEVICE =
            Pattern.compile("(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|CLOCK\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3])( *\\..*)?");

    private static final String NOT_IN_WINDOWS = "<>:\"|?*\\";

    private final FileSystem fileSystem;
    private final boolean windows;

    HostNames(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
        windows = fileSystem.getSeparator().equals("\\");
    }

    /** Checks a whole path or link target cheaply before anything else is done with it. */
    static void checkLength(String path) throws FileException {
        if (path.length() > LONGEST_PATH || utf8Length(path) > LONGEST_PATH) {
            throw FileFailures.of(Kind.NAME_TOO_LONG, shown(path));
        }
        if (path.indexOf('\0') >= 0) {
            throw FileFailures.of(Kind.ILLEGAL_NAME, shown(path));
        }
    }

    /** Returns the host's path of one name, which is neither {@code .} nor {@code ..}. */
    Path one(String name) throws FileException {
        if (utf8Length(name) > LONGEST_NAME) {
            throw FileFailures.of(Kind.NAME_TOO_LONG, shown(name));
        }
        if (hasHalfCharacter(name) || windows && !isPlainInWindows(name)) {
            throw FileFailures.of(Kind.ILLEGAL_NAME, shown(name));
        }
        Path path;
        try {
            path = fileSystem.getPath(name);
        } catch (InvalidPathException e) {
            throw FileFailures.of(e, shown(name));
        }
        if (path.isAbsolute()
                || path.getRoot() != null
                || path.getNameCount() != 1
                || !path.toString().equals(name)
                || !path.normalize().equals(path)) {
            throw FileFailures.of(Kind.ILLEGAL_NAME, shown(name));
        }
        return path;
    }

    /** Returns the text that a guest may write into a link. */
    Path linkTarget(String target) throws FileException {
        checkLength(target);
        if (target.isEmpty()) {
            throw FileFailures.of(Kind.NO_ENTRY, "an empty link");
        }
        if (target.startsWith("/")) {
            throw FileFailures.of(Kind.OUTSIDE, shown(target));
        }
        Path path;
        try {
            path = fileSystem.getPath(target);
        } catch (InvalidPathException e) {
            throw FileFailures.of(e, shown(target));
        }
        if (isRooted(path)) {
            throw FileFailures.of(Kind.OUTSIDE, shown(target));
        }
        if (windows) {
            for (String name : target.split("/", -1)) {
                if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
                    one(name);
                }
            }
        }
        return path;
    }

    /** Returns the text of a link as a guest reads it. */
    String linkText(Path target, String about) throws FileException {
        String text = target.toString();
        if (windows) {
            text = text.replace('\\', '/');
        }
        if (text.startsWith("/") || isRooted(target)) {
            throw FileFailures.of(Kind.OUTSIDE, about);
        }
        if (text.isEmpty()) {
            throw FileFailures.of(Kind.NO_ENTRY, about);
        }
        checkLength(text);
        return text;
    }

    static boolean isRooted(Path path) {
        return path.isAbsolute() || path.getRoot() != null;
    }

    /** Hosts cannot write a lone surrogate, but some file systems in memory can. */
    private static boolean hasHalfCharacter(String name) {
        return name.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static boolean isPlainInWindows(String name) {
        char last = name.charAt(name.length() - 1);
        if (last == '.' || last == ' ') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || NOT_IN_WINDOWS.indexOf(name.charAt(i)) >= 0) {
                return false;
            }
        }
        return !DEVICE.matcher(name.toUpperCase(Locale.ROOT)).matches();
    }

    static int utf8Length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each surrogate of a pair stands for two of the four bytes.
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    /** Cuts a path, so that a long path does not make a long error. */
    static String shown(String path) {
        return path.length() <= 100 ? path : path.substring(0, 100) + "…";
    }
}
