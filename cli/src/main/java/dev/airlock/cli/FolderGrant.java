package dev.airlock.cli;

import dev.airlock.wasi.FolderRules;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that a guest is given.
 *
 * @param host the folder here
 * @param guest the folder's name in the guest
 * @param readOnly whether it may only be read
 */
record FolderGrant(Path host, String guest, boolean readOnly) {
    private static final String READ_ONLY = ":ro";
    private static final String SEPARATOR = "::";

    /**
     * Reads {@code HOST[::GUEST][:ro]}.
     *
     * @throws IllegalArgumentException if the text is malformed; the message says what is wrong
     */
    static FolderGrant parse(String text) {
        boolean readOnly = text.endsWith(READ_ONLY);
        String names = readOnly ? text.substring(0, text.length() - READ_ONLY.length()) : text;
        int separator = names.indexOf(SEPARATOR);
        String host = separator < 0 ? names : names.substring(0, separator);
        if (host.isEmpty()) {
            throw new IllegalArgumentException(
                    "the folder's name is missing: expected HOST or HOST::GUEST, with or without" + " :ro at the end");
        }
        if (separator < 0) {
            checkAlone(text, host, readOnly);
            return new FolderGrant(Path.of(host), host, readOnly);
        }
        String guest = names.substring(separator + SEPARATOR.length());
        if (guest.isEmpty()) {
            throw new IllegalArgumentException("the folder's name in the guest is missing after the two colons");
        }
        int colon = guest.indexOf(':');
        if (colon >= 0) {
            throw new IllegalArgumentException(
                    "only :ro may follow the guest's name for the folder, not " + guest.substring(colon));
        }
        return new FolderGrant(Path.of(host), guest, readOnly);
    }

    /**
     * Checks a text without a name for the guest. A colon in it may be part of the folder's name or a mistake; the folders that
     * exist decide.
     */
    private static void checkAlone(String text, String host, boolean readOnly) {
        if (readOnly && Files.isDirectory(Path.of(text))) {
            throw new IllegalArgumentException("there is a folder with exactly this name: " + text
                    + "::NAME gives that one, " + host + "::NAME:ro gives " + host + " read-only");
        }
        int colon = host.lastIndexOf(':');
        if (colon > 0 && !Files.isDirectory(Path.of(host))) {
            String behind = host.substring(colon + 1);
            throw new IllegalArgumentException("there is no folder " + host + "; "
                    + (behind.indexOf('/') >= 0
                            ? "two colons separate a folder and its name in the guest: " + host.substring(0, colon)
                                    + SEPARATOR + behind
                            : "only :ro may follow a folder's name"));
        }
    }

    FolderRules rules() {
        return readOnly ? FolderRules.forReading() : FolderRules.forWriting();
    }
}
