package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FolderGuest.Refused;
import dev.airlock.wasi.files.FolderGuest.Way;
import java.util.ArrayList;
import java.util.List;

/** An operation of a guest on a path. Its answer is everything that the guest learns. */
public record EscapeOperation(String name, Act act) {
    /** An operation with one path. */
    @FunctionalInterface
    public interface Act {
        Object run(FolderGuest guest, String path) throws Refused;
    }

    @FunctionalInterface
    private interface Silent {
        void run(FolderGuest guest, String path) throws Refused;
    }

    private static final String GRAFFITI = "a guest was here";

    static final List<EscapeOperation> ALL = all();

    @Override
    public String toString() {
        return name;
    }

    private static EscapeOperation silent(String name, Silent act) {
        return new EscapeOperation(name, (guest, path) -> {
            act.run(guest, path);
            return "done";
        });
    }

    private static List<EscapeOperation> all() {
        List<EscapeOperation> all = new ArrayList<>();
        for (boolean follow : new boolean[] {true, false}) {
            String how = follow ? "" : ", not following";
            for (Way way : List.of(
                    Way.READ,
                    Way.WRITE,
                    Way.READ_WRITE,
                    Way.CREATE,
                    Way.CREATE_NEW,
                    Way.TRUNCATE,
                    Way.CREATE_WITHOUT_RIGHTS,
                    Way.TRUNCATE_WITHOUT_RIGHTS)) {
                all.add(new EscapeOperation(
                        "open " + way + how, (guest, path) -> guest.use(path, follow, way, GRAFFITI)));
            }
            all.add(new EscapeOperation("list" + how, (guest, path) -> guest.list(path, follow)));
            all.add(new EscapeOperation("stat" + how, (guest, path) -> guest.stat(path, follow)));
            all.add(silent("set times" + how, (guest, path) -> guest.setTimes(path, follow)));
            all.add(new EscapeOperation("link from" + how, (guest, path) -> {
                guest.link(path, follow, "linked-by-guest");
                return guest.use("linked-by-guest", true, Way.READ_WRITE, GRAFFITI);
            }));
        }
        all.add(silent("create directory", FolderGuest::createDirectory));
        all.add(silent("remove directory", FolderGuest::removeDirectory));
        all.add(silent("unlink", FolderGuest::unlink));
        all.add(new EscapeOperation("rename from", (guest, path) -> {
            guest.rename(path, "renamed-by-guest");
            return guest.stat("renamed-by-guest", false);
        }));
        all.add(silent("rename file to", (guest, path) -> guest.rename("file.txt", path)));
        all.add(silent("rename directory to", (guest, path) -> guest.rename("sub", path)));
        all.add(silent("rename link to", (guest, path) -> guest.rename("up", path)));
        all.add(silent("symlink at", (guest, path) -> guest.symlink("file.txt", path)));
        all.add(silent("link to", (guest, path) -> guest.link("file.txt", false, path)));
        all.add(new EscapeOperation("read through a link to", (guest, path) -> {
            guest.symlink(path, "link-by-guest");
            return guest.use("link-by-guest", true, Way.READ, "");
        }));
        all.add(new EscapeOperation("write through a link to", (guest, path) -> {
            guest.symlink(path, "link-by-guest");
            return guest.use("link-by-guest", true, Way.CREATE, GRAFFITI);
        }));
        all.add(new EscapeOperation("list through a link to", (guest, path) -> {
            guest.symlink(path, "link-by-guest");
            return guest.list("link-by-guest", true);
        }));
        // The text of a link in the folder is inside the folder; the text of a link outside is not.
        all.add(silent("read link", FolderGuest::readLink));
        all.add(new EscapeOperation("enter and list", (guest, path) -> {
            try (FolderGuest entered = guest.enter(path)) {
                return entered.list(".", true);
            }
        }));
        all.add(silent("enter and write", (guest, path) -> {
            try (FolderGuest entered = guest.enter(path)) {
                entered.use("new", true, Way.CREATE, GRAFFITI);
            }
        }));
        all.add(new EscapeOperation("from a directory inside", (guest, path) -> {
            try (FolderGuest entered = guest.enter("sub")) {
                return entered.use("../" + path, true, Way.READ_WRITE, GRAFFITI);
            }
        }));
        return List.copyOf(all);
    }
}
