package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a guest's path from an open directory, one name at a time. The host gets only one plain name at a time. Links
 * are read and followed here, and {@code ..} goes back by the names that were passed, not by those of the host.
 */
final class PathResolver implements AutoCloseable {
    /** What to do if the last name is a link. */
    enum Last {
        FOLLOWED,
        /** Followed only if a slash comes after it. */
        LOOKED_AT,
        /** Not followed: the name itself is created, removed or renamed. */
        NAMED
    }

    private static final int MOST_LINKS = 40;

    /** A short path can become a long way by links and {@code ..}. */
    private static final int MOST_STEPS = 8_192;

    private final HostNames names;
    private final HostDirectory start;
    private final String path;
    private final Last last;
    private final String about;

    private HostDirectory here;
    private final List<Path> gone = new ArrayList<>();
    private final Deque<String> ahead = new ArrayDeque<>();
    private boolean slash;
    private int links;
    private int steps;

    private PathResolver(HostNames names, HostDirectory start, String path, Last last) {
        this.names = names;
        this.start = start;
        this.path = path;
        this.last = last;
        about = HostNames.shown(path);
        here = start;
    }

    /** Resolves a path. The caller holds the {@link NamespaceLock} and closes the result. */
    static ResolvedPath to(String path, Last last, HostNames names, HostDirectory start)
            throws IOException, FileException {
        HostNames.checkLength(path);
        try (PathResolver walk = new PathResolver(names, start, path, last)) {
            return walk.go();
        }
    }

    private ResolvedPath go() throws IOException, FileException {
        if (path.isEmpty()) {
            throw failure(Kind.NO_ENTRY);
        }
        if (path.startsWith("/")) {
            throw failure(Kind.OUTSIDE);
        }
        put(path);
        while (true) {
            String next = ahead.poll();
            if (next == null) {
                return arrived(null, here.attributes());
            }
            if (++steps > MOST_STEPS) {
                throw failure(Kind.NAME_TOO_LONG);
            }
            if (next.equals("..")) {
                back();
            } else if (!next.equals(".")) {
                ResolvedPath spot = through(names.one(next));
                if (spot != null) {
                    return spot;
                }
            }
        }
    }

    /** Puts names before those that are still ahead. */
    private void put(String text) {
        if (ahead.isEmpty()) {
            slash |= text.endsWith("/");
        }
        String[] parts = text.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            if (!parts[i].isEmpty()) {
                ahead.push(parts[i]);
            }
        }
    }

    private @Nullable ResolvedPath through(Path name) throws IOException, FileException {
        boolean atEnd = ahead.isEmpty();
        BasicFileAttributes attributes = attributesOrNull(name);
        if (attributes == null) {
            if (!atEnd) {
                throw failure(Kind.NO_ENTRY);
            }
            return arrived(name, null);
        }
        FileType type = FileTypes.of(attributes);
        if (atEnd) {
            boolean follow = last == Last.FOLLOWED || last == Last.LOOKED_AT && slash;
            if (type != FileType.SYMBOLIC_LINK || !follow) {
                return arrived(name, attributes);
            }
        }
        switch (type) {
            case SYMBOLIC_LINK -> follow(name);
            case DIRECTORY -> {
                move(here.openDirectory(name));
                gone.add(name);
            }
            case REGULAR_FILE, OTHER -> throw failure(Kind.NOT_DIRECTORY);
        }
        return null;
    }

    private @Nullable BasicFileAttributes attributesOrNull(Path name) throws IOException {
        try {
            return here.attributes(name);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void follow(Path name) throws IOException, FileException {
        if (++links > MOST_LINKS) {
            throw failure(Kind.LOOP);
        }
        put(names.linkText(here.readLink(name), about));
    }

    /**
     * Goes the whole way again, without the last name. Keeping every directory on the way open instead would let a
     * guest use up the host's descriptors with one path.
     */
    private void back() throws IOException, FileException {
        if (gone.isEmpty()) {
            throw failure(Kind.OUTSIDE);
        }
        gone.remove(gone.size() - 1);
        move(start);
        for (Path name : gone) {
            if (++steps > MOST_STEPS) {
                throw failure(Kind.NAME_TOO_LONG);
            }
            move(here.openDirectory(name));
        }
    }

    private void move(HostDirectory to) {
        HostDirectory from = here;
        here = to;
        if (from != start) {
            from.close();
        }
    }

    private ResolvedPath arrived(@Nullable Path name, @Nullable BasicFileAttributes attributes) {
        ResolvedPath spot = new ResolvedPath(about, here, here != start, name, attributes, slash);
        here = start;
        return spot;
    }

    private FileException failure(Kind kind) {
        return FileFailures.of(kind, about);
    }

    @Override
    public void close() {
        move(start);
    }
}
