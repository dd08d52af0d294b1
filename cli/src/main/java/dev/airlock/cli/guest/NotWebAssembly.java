package dev.airlock.cli.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Recognizes files that are not WebAssembly, and says what they are and what to do. */
final class NotWebAssembly {
    /** The number of bytes that are examined. */
    static final int HEAD = 1024;

    private static final byte[] MAGIC = {0, 'a', 's', 'm'};
    private static final int LISTED = 5;

    private NotWebAssembly() {}

    /**
     * Examines the start of a file.
     *
     * @param given the file, as the user named it
     * @return what it is and what to do; empty if it starts like WebAssembly, or ends within the first bytes of WebAssembly
     */
    static String look(String given, byte[] head) {
        if (head.length == 0) {
            return "this is empty";
        }
        int difference = Arrays.mismatch(head, MAGIC);
        if (difference < 0 || difference >= Math.min(head.length, MAGIC.length)) {
            return "";
        }
        if (starts(head, 0x1f, 0x8b)) {
            return "this is compressed by gzip: " + unpack("gunzip", given);
        }
        if (starts(head, 0x28, 0xb5, 0x2f, 0xfd)) {
            return "this is compressed by zstd: " + unpack("unzstd", given);
        }
        if (starts(head, 0xfd, '7', 'z', 'X', 'Z')) {
            return "this is compressed by xz: " + unpack("unxz", given);
        }
        if (starts(head, 'P', 'K', 3, 4)) {
            return "this is a zip archive: unpack it, and name the .wasm file in it";
        }
        if (starts(head, 0x7f, 'E', 'L', 'F')) {
            return "this is a native program or library, or code that another runtime compiled ahead of time: give Airlock the .wasm file"
                    + " from which it was made";
        }
        if (starts(head, 'B', 'C', 0xc0, 0xde)) {
            return "this is LLVM bitcode: compile it for wasm32, and link it";
        }
        if (starts(head, '!', '<', 'a', 'r', 'c', 'h', '>')) {
            return "this is an archive of object files: link it to a .wasm file";
        }
        String text = new String(head, StandardCharsets.UTF_8).stripLeading();
        String lower = text.toLowerCase(Locale.ROOT);
        if (isText(given, text)) {
            String to = given.endsWith(".wat") ? given.substring(0, given.length() - 4) + ".wasm" : "guest.wasm";
            return "this is WebAssembly as text: assemble it first, as in 'wasm-tools parse " + given + " -o " + to
                    + "'" + (text.contains("(component") ? "" : " or 'wat2wasm " + given + " -o " + to + "'");
        }
        if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
            return "this is a web page: download the file itself, not a page about it";
        }
        if (text.startsWith("version https://git-lfs")) {
            return "this is a Git LFS pointer, not the file itself: get it with 'git lfs pull'";
        }
        return "this is not WebAssembly, which starts with the bytes 00 61 73 6d (\\0asm)";
    }

    /** Returns whether it is WebAssembly text, which starts with a module, a component, or a comment. */
    private static boolean isText(String given, String text) {
        return text.startsWith("(module")
                || text.startsWith("(component")
                || (given.endsWith(".wat") && (text.startsWith(";;") || text.startsWith("(")));
    }

    private static String unpack(String tool, String given) {
        String piece = given.equals("-") ? tool : tool + " -c " + given;
        return "unpack it first, as in '" + piece + " | airlock run -'";
    }

    static String url(String url) {
        return "this is an address, and Airlock reads files: download it first, as in 'curl -fLO " + url
                + "' or 'curl -fsSL " + url + " | airlock run -'";
    }

    static String folder(Path folder) {
        List<String> guests;
        try (Stream<Path> files = Files.list(folder)) {
            guests = files.filter(file -> file.toString().endsWith(".wasm"))
                    .map(Path::toString)
                    .sorted()
                    .limit(LISTED + 1L)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // The message then only says that it is a folder.
            guests = List.of();
        }
        if (guests.isEmpty()) {
            return "this is a folder: name the .wasm file itself";
        }
        return "this is a folder: name the .wasm file itself, such as "
                + guests.stream().limit(LISTED).collect(Collectors.joining(", "))
                + (guests.size() > LISTED ? ", …" : "");
    }

    private static boolean starts(byte[] head, int... magic) {
        return head.length >= magic.length
                && IntStream.range(0, magic.length).allMatch(i -> (head[i] & 0xff) == magic[i]);
    }
}
