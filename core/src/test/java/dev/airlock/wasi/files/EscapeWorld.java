package dev.airlock.wasi.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder for a guest, an outside that the guest must not reach, and every kind of link between the two that a host
 * may have left there.
 *
 * <pre>
 * top/outside/secret.txt       4,242 bytes
 *            /linked.txt       has a second name in the folder
 *            /dir/inner.txt
 *            /empty/
 *    /folder/file.txt
 *           /sub/inner.txt
 *           /sub/deeper/
 *           /hard.txt          is outside/linked.txt
 *           /links…
 * </pre>
 */
public final class EscapeWorld {
    static final String SECRET = "SECRET ";
    static final String OPEN = "nothing to hide";

    private final Path top;
    private final Path outside;
    private final Path folder;
    private Map<String, String> before = Map.of();
    private Map<String, String> folderBefore = Map.of();

    public EscapeWorld(Path top) {
        this.top = top;
        outside = top.resolve("outside");
        folder = top.resolve("folder");
    }

    public Path folder() {
        return folder;
    }

    /** Returns the path as a guest would write it. */
    String absolute(String inOutside) {
        return outside.resolve(inOutside).toString().replace('\\', '/');
    }

    public void clear() throws IOException {
        delete(outside);
        delete(folder);
    }

    public void build() throws IOException {
        clear();
        Files.createDirectories(outside.resolve("dir"));
        Files.createDirectory(outside.resolve("empty"));
        Files.writeString(outside.resolve("secret.txt"), SECRET.repeat(606));
        Files.writeString(outside.resolve("linked.txt"), "the host shares this, to be read");
        Files.writeString(outside.resolve("dir/inner.txt"), SECRET + "inside of a directory");
        Files.createDirectories(folder.resolve("sub/deeper"));
        Files.writeString(folder.resolve("file.txt"), OPEN);
        Files.writeString(folder.resolve("sub/inner.txt"), OPEN);
        Files.createLink(folder.resolve("hard.txt"), outside.resolve("linked.txt"));
        link("in", "sub");
        link("out", "../outside");
        link("out-file", "../outside/secret.txt");
        link("secret.txt", "../outside/secret.txt");
        link("dir", "../outside/dir");
        link("out-dir", "../outside/dir");
        link("out-empty", "../outside/empty");
        link("out-new", "../outside/new");
        link("sub/out", "../../outside");
        link("absolute", outside.toString());
        link("absolute-file", outside.resolve("secret.txt").toString());
        link("absolute-dir", outside.resolve("dir").toString());
        link("absolute-empty", outside.resolve("empty").toString());
        link("absolute-new", outside.resolve("new").toString());
        link("up", "..");
        link("root", top.getRoot().toString());
        link("chain1", "chain2");
        link("chain2", "sub/chain3");
        link("sub/chain3", "../out");
        link("winding", "sub/deeper/../../in/../../outside");
        link("self", "self");
        link("loop1", "loop2");
        link("loop2", "loop1");
        // Jimfs does not accept such a path in its Windows mode.
        boolean windows = folder.getFileSystem().getSeparator().equals("\\");
        link("process-root", windows ? "C:\\" : "/proc/self/root");
        link("process-cwd", windows ? "D:\\" : "/proc/self/cwd");
        link("slashed", "../outside/dir/");
        remember();
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), folder.getFileSystem().getPath(target));
    }

    void remember() throws IOException {
        before = snapshot(outside);
        folderBefore = snapshot(folder);
    }

    void assertOutsideUntouched(String what) throws IOException {
        assertThat(snapshot(outside)).as(what).isEqualTo(before);
        try (var names = Files.list(top)) {
            assertThat(names.map(name -> name.getFileName().toString()))
                    .as(what)
                    .containsExactlyInAnyOrder("outside", "folder");
        }
    }

    void assertFolderUntouched(String what) throws IOException {
        assertThat(snapshot(folder)).as(what).isEqualTo(folderBefore);
    }

    boolean isFolderUntouched() throws IOException {
        return snapshot(folder).equals(folderBefore);
    }

    /** Checks the names only, for use after a refused operation. */
    boolean hasSameNames() throws IOException {
        for (String directory : new String[] {"", "sub", "sub/deeper"}) {
            Path parent = folder.resolve(directory);
            long before = folderBefore.keySet().stream()
                    .map(name -> folder.getFileSystem().getPath(name))
                    .filter(name -> parent.equals(name.getParent()))
                    .count();
            if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            try (var names = Files.list(parent)) {
                if (names.count() != before) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Checks that what a guest learned is not from outside. */
    void assertNoSecret(Object known, String what) throws IOException {
        assertThat(String.valueOf(known)).as(what).doesNotContain(SECRET.trim(), "secret.txt", "linked.txt");
        if (known instanceof FolderGuest.Seen seen) {
            for (String name : new String[] {".", "secret.txt", "dir", "empty", "dir/inner.txt"}) {
                BasicFileAttributes attributes =
                        Files.readAttributes(outside.resolve(name).normalize(), BasicFileAttributes.class);
                long inode = FileTypes.Ids.of(attributes, outside.resolve(name).toString())
                        .inode();
                assertThat(seen.inode()).as(what + " and " + name).isNotEqualTo(inode);
            }
        }
    }

    /** Returns everything except times of access, which this check itself changes. */
    private static Map<String, String> snapshot(Path root) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                found.put(dir.toString(), "directory " + attributes.lastModifiedTime() + " " + attributes.fileKey());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String content = attributes.isSymbolicLink()
                        ? Files.readSymbolicLink(file).toString()
                        : attributes.isRegularFile() ? Files.readString(file) : "other";
                found.put(
                        file.toString(),
                        attributes.lastModifiedTime() + " " + attributes.fileKey() + " " + attributes.size() + " "
                                + content);
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
