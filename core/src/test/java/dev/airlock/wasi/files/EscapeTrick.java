package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FolderGuest.Refused;
import java.util.List;
import java.util.function.Function;

/**
 * A way to name something that lies outside.
 *
 * @param name for errors
 * @param always whether no operation may accept such a path. Otherwise some operations find something inside by it,
 *     such as the link itself, and only the outside shows whether the trick worked
 * @param setting what the guest does first; if that is refused, the trick has failed already
 * @param paths the paths to try: to the secret file, to directories, to a free name
 */
public record EscapeTrick(String name, boolean always, Setting setting, Function<EscapeWorld, List<String>> paths) {
    /** The preparation by the guest. */
    @FunctionalInterface
    public interface Setting {
        void make(FolderGuest guest) throws Refused;
    }

    @Override
    public String toString() {
        return name;
    }

    private static final List<String> WHAT = List.of("secret.txt", "dir", "empty", "new", "dir/inner.txt", "");

    /** Returns a trick with a prefix before a name in the outside folder. */
    private static EscapeTrick before(String name, String prefix) {
        return new EscapeTrick(name, true, guest -> {}, world -> prefixed(prefix));
    }

    private static List<String> prefixed(String prefix) {
        return WHAT.stream().map(what -> prefix + what).toList();
    }

    private static EscapeTrick paths(String name, boolean always, String... paths) {
        return new EscapeTrick(name, always, guest -> {}, world -> List.of(paths));
    }

    private static EscapeTrick made(String name, Setting setting, String... paths) {
        return new EscapeTrick(name, false, setting, world -> List.of(paths));
    }

    /** If the host does not report how many names a file has, it has to prevent these itself: see docs/SECURITY.md. */
    static final List<EscapeTrick> WHERE_LINKS_ARE_TOLD = List.of(
            paths("a hard link found there", false, "hard.txt", "./hard.txt", "sub/../hard.txt"),
            made("a hard link found there, renamed", guest -> guest.rename("hard.txt", "sub/mine"), "sub/mine"),
            made("a link to a hard link found there", guest -> guest.symlink("hard.txt", "mine"), "mine"),
            made("one more name for a hard link found there", guest -> guest.link("hard.txt", true, "mine"), "mine"),
            made(
                    "another name for a hard link found there",
                    guest -> {
                        guest.link("hard.txt", true, "mine");
                        guest.unlink("hard.txt");
                    },
                    "mine"),
            made(
                    "names made and unmade for a hard link found there",
                    guest -> {
                        guest.link("hard.txt", true, "mine1");
                        guest.link("hard.txt", true, "mine2");
                        guest.unlink("mine1");
                        guest.rename("mine2", "hard.txt");
                        guest.link("hard.txt", true, "mine");
                        guest.rename("mine", "file.txt");
                    },
                    "hard.txt",
                    "file.txt",
                    "mine"));

    static final List<EscapeTrick> ALL = List.of(
            before("..", "../outside/"),
            before(".. after .", "./../outside/"),
            before(".. after a name", "sub/../../outside/"),
            before(".. far down", "sub/deeper/../../../outside/"),
            before(".. and back in and out", "../folder/../outside/"),
            before(".. with more slashes", "sub//..//.././/outside//"),
            before(".. after a link", "in/../../outside/"),
            before(".. many times", "../".repeat(60) + "top/outside/"),
            paths(".. at the end", true, "..", "../", "../.", "sub/../..", "sub/../../", "in/../.."),
            paths(".. through what is not there", true, "none/../../outside/secret.txt", "none/../file.txt"),
            paths(".. through a file", true, "file.txt/../../outside/secret.txt", "file.txt/..", "file.txt/."),
            new EscapeTrick(
                    "absolute",
                    true,
                    guest -> {},
                    world -> WHAT.stream().map(world::absolute).toList()),
            new EscapeTrick(
                    "absolute with more slashes",
                    true,
                    guest -> {},
                    world -> List.of(
                            "/" + world.absolute("secret.txt"), "//" + world.absolute("new"), "/", "//", "/.", "/..")),
            new EscapeTrick(
                    "absolute into the folder",
                    true,
                    guest -> {},
                    world -> List.of(
                            world.folder().resolve("file.txt").toString(),
                            world.folder().toString())),
            paths(
                    "a link at the end",
                    false,
                    "out",
                    "out-file",
                    "out-dir",
                    "out-empty",
                    "out-new",
                    "sub/out",
                    "in/out"),
            paths("an absolute link at the end", false, "absolute", "absolute-file", "absolute-dir", "absolute-empty"),
            paths("an absolute link to nothing", false, "absolute-new"),
            paths("a link of the same name", false, "secret.txt", "dir", "dir/", "dir/inner.txt"),
            paths("a link and a slash", false, "out/", "out-file/", "out-dir/", "out-new//", "out-empty/", "slashed/"),
            paths("a link and a dot", true, "out/.", "out-file/.", "out-dir/./.", "out-new/.", "absolute/.", "root/."),
            paths("a link to a slash", false, "slashed"),
            before("a link in the middle", "out/"),
            before("a link in the middle, far down", "sub/out/"),
            before("a link in the middle, through a link", "in/out/"),
            before("an absolute link in the middle", "absolute/"),
            before("a link to ..", "up/outside/"),
            before("a chain of links", "chain1/"),
            before("a winding link", "winding/"),
            paths("a link to a directory, and on", true, "out-dir/inner.txt", "slashed/inner.txt", "out-new/new"),
            new EscapeTrick(
                    "a link to the root",
                    true,
                    guest -> {},
                    world -> WHAT.stream()
                            .map(what -> "root/"
                                    + world.absolute(what)
                                            .substring(world.absolute("").indexOf('/') + 1))
                            .toList()),
            new EscapeTrick(
                    "links of the process",
                    true,
                    guest -> {},
                    world -> List.of(
                            "process-root" + world.absolute("secret.txt"),
                            "process-root/etc/passwd",
                            "process-cwd/pom.xml")),
            paths("links of the process at the end", false, "process-root", "process-cwd", "process-root/"),
            paths("loops", true, "self/secret.txt", "loop1/x", "self/.", "loop1/.."),
            paths("loops at the end", false, "self", "loop1", "self/", "loop2/"),
            paths(
                    "NUL",
                    true,
                    "../outside/secret.txt\0",
                    "out-file\0",
                    "out\0/secret.txt",
                    "file.txt\0",
                    "\0",
                    "new\0x"),
            paths("backslashes", false, "..\\outside\\secret.txt", "out\\secret.txt", "sub\\..\\..\\outside\\new"),
            paths("drives and streams", false, "C:", "C:..\\outside", "C:/top/outside/secret.txt", "out-file::$DATA"),
            paths(
                    "dots that fold",
                    false,
                    ".. /outside/secret.txt",
                    "... /x",
                    "..../outside/new",
                    ". ./x",
                    "..\u200c/x"),
            paths("dots of other scripts", false, "\u2025/outside/new", "\uff0e\uff0e/outside/new", "\u2024\u2024/x"),
            paths("dots in other writing", false, "%2e%2e/outside/new", "..%2foutside/new", "~/x", "..;/outside/new"),
            paths("half a character", true, "\ud800", "out-file\udc00", "sub/\ud800/../../../outside/new"),
            paths("the other case", false, "OUT-FILE", "OUT/SECRET.TXT", "Sub/../../OUTSIDE/new"),
            paths("nothing", true, "", "x".repeat(256), "x/".repeat(3000), "../".repeat(2000), "y".repeat(1 << 20)),
            made(
                    "a link by the guest",
                    guest -> guest.symlink("../outside", "mine"),
                    "mine",
                    "mine/secret.txt",
                    "mine/new"),
            made("a link by the guest, to a file", guest -> guest.symlink("../outside/secret.txt", "mine"), "mine"),
            made("a link by the guest, to nothing", guest -> guest.symlink("../outside/new", "mine"), "mine", "mine/"),
            made("a link by the guest, far up", guest -> guest.symlink("../".repeat(50), "mine"), "mine", "mine/top/x"),
            made("a link by the guest through a link", guest -> guest.symlink("out/secret.txt", "mine"), "mine"),
            new EscapeTrick(
                    "an absolute link by the guest",
                    false,
                    guest -> guest.symlink("/top/outside/secret.txt", "mine"),
                    world -> List.of("mine")),
            made(
                    "a link that is renamed to lead out",
                    guest -> {
                        guest.symlink("../outside/secret.txt", "sub/mine");
                        guest.rename("sub/mine", "mine");
                    },
                    "mine"),
            made(
                    "a link that is renamed to lead out, found there",
                    guest -> guest.rename("sub/out", "sub/deeper/out"),
                    "sub/deeper/out/../outside/secret.txt",
                    "sub/deeper/out"),
            made(
                    "a directory that is renamed so that its link leads out",
                    guest -> {
                        guest.createDirectory("sub/d");
                        guest.symlink("../../outside", "sub/d/mine");
                        guest.rename("sub/d", "d");
                    },
                    "d/mine",
                    "d/mine/secret.txt",
                    "d/mine/new"),
            made(
                    "a hard link to a link that leads out",
                    guest -> guest.link("out-file", false, "mine"),
                    "mine",
                    "mine/"),
            made("a hard link through a link that leads out", guest -> guest.link("out-file", true, "mine"), "mine"),
            made(
                    "a folder that takes the place of a link",
                    guest -> {
                        guest.unlink("out");
                        guest.createDirectory("out");
                        guest.symlink("../../outside", "out/out");
                    },
                    "out/out",
                    "out/out/secret.txt",
                    "out/out/new"));
}
