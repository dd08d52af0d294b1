package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shared state of everything that one guest has open below one preopened folder. */
final class Folder {
    /** An open file or directory that remembers the path by which it was found. */
    interface Placed {
        void moved(Path from, Path to);
    }

    /**
     * The most files for which second names by the guest are remembered. Further such files can no longer be written.
     */
    private static final int MOST_LINKED = 65_536;

    final FolderBounds rules;
    final Ledger ledger;
    final HostNames names;

    /** Whether the host reports how many names a file has. */
    final boolean tellsLinks;

    private final FileSystem fileSystem;
    private final Set<Placed> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * By file key: how many names the guest has given to files that had one already. Changed only under the exclusive
     * {@link NamespaceLock}.
     */
    private final Map<Object, Integer> linked = new HashMap<>();

    Folder(FolderBounds rules, FileSystem fileSystem) {
        this.rules = rules;
        this.fileSystem = fileSystem;
        ledger = new Ledger(rules);
        names = new HostNames(fileSystem);
        tellsLinks = HostDirectory.tellsLinks(fileSystem);
    }

    void checkWritable(String about) throws FileException {
        if (rules.readOnly()) {
            throw FileFailures.of(Kind.READ_ONLY, about);
        }
    }

    OpenFiles.Identity identity(BasicFileAttributes attributes, Path path) {
        Object key = attributes.fileKey();
        return new OpenFiles.Identity(fileSystem, key != null ? key : path);
    }

    synchronized void opened(Placed one) {
        open.add(one);
    }

    synchronized void closed(Placed one) {
        open.remove(one);
    }

    /** Updates the path of everything that has the renamed name or lies below it. */
    synchronized void renamed(Path from, Path to) {
        open.forEach(one -> one.moved(from, to));
    }

    /**
     * Refuses to change a file that has names which the guest did not create. One of them may be outside the folder,
     * and the change would be visible there.
     */
    void checkOwnNames(BasicFileAttributes attributes, HostDirectory.@Nullable Extras extras, String about)
            throws FileException {
        boolean own = extras == null ? !tellsLinks : extras.links() <= 1 + made(attributes);
        if (!own) {
            throw FileFailures.of(Kind.NOT_PERMITTED, about);
        }
    }

    private synchronized int made(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? 0 : linked.getOrDefault(key, 0);
    }

    synchronized void madeName(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        if (key != null && (linked.containsKey(key) || linked.size() < MOST_LINKED)) {
            linked.merge(key, 1, Integer::sum);
        }
    }

    /**
     * Records that a file lost a name, which may be any of its names: the count stays below the number of its names in
     * the folder.
     *
     * @param extras as they were before
     */
    void lostName(BasicFileAttributes attributes, HostDirectory.@Nullable Extras extras, Path path) {
        ledger.giveBackName();
        forgetName(attributes);
        FileType type = FileTypes.of(attributes);
        boolean last = extras == null ? !tellsLinks : extras.links() <= 1;
        if (last && (type == FileType.REGULAR_FILE || type == FileType.SYMBOLIC_LINK)) {
            OpenFiles.deleted(identity(attributes, path), ledger, attributes.size());
        }
    }

    private synchronized void forgetName(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        if (key != null) {
            linked.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
        }
    }
}
