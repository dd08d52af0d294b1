package dev.airlock.wasi.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.wasi.files.FolderGuest.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Combines every operation that takes a path with every trick to name something outside, with reading and writing, and
 * with each kind of host. After each combination, the outside is unchanged and the guest has learned nothing about it.
 * Each implementation of a WASI version runs this suite in a subclass.
 */
public abstract class EscapeSuite {
    @TempDir
    protected Path temporary;

    /** Creates a guest that has this folder and nothing else. */
    protected abstract FolderGuest enter(Path folder, boolean readOnly);

    public static Stream<Arguments> cases() {
        return Stream.of(HostKind.values())
                .flatMap(host -> Stream.of(true, false)
                        .flatMap(readOnly -> tricks(host).map(trick -> Arguments.of(host, readOnly, trick))));
    }

    private static Stream<EscapeTrick> tricks(HostKind host) {
        return host.tellsLinks()
                ? Stream.concat(EscapeTrick.ALL.stream(), EscapeTrick.WHERE_LINKS_ARE_TOLD.stream())
                : EscapeTrick.ALL.stream();
    }

    @ParameterizedTest(name = "{0}, read-only {1}: {2}")
    @MethodSource("cases")
    protected void nothingGetsOut(HostKind host, boolean readOnly, EscapeTrick trick) throws IOException {
        EscapeWorld world = new EscapeWorld(host.top(temporary));
        world.build();
        List<String> paths = trick.paths().apply(world);
        assertThat(paths).isNotEmpty();
        for (String path : paths) {
            for (EscapeOperation operation : EscapeOperation.ALL) {
                attempt(world, readOnly, trick, path, operation);
            }
            String what = "all refused operations of " + HostNames.shown(path);
            world.assertOutsideUntouched(what);
            if (readOnly) {
                world.assertFolderUntouched(what);
            }
        }
        world.clear();
    }

    private void attempt(EscapeWorld world, boolean readOnly, EscapeTrick trick, String path, EscapeOperation operation)
            throws IOException {
        String what = operation + " of " + HostNames.shown(path);
        Object known = null;
        try (FolderGuest guest = enter(world.folder(), readOnly)) {
            try {
                trick.setting().make(guest);
            } catch (Refused e) {
                // The guest still has the rest of its tricks.
            }
            try {
                known = operation.act().run(guest, path);
            } catch (Refused e) {
                // What it has done until then is checked all the same.
                known = null;
            }
        }
        if (known != null) {
            assertThat(trick.always()).as(what + " is done: " + known).isFalse();
            world.assertNoSecret(known, what);
            world.assertOutsideUntouched(what);
            if (readOnly) {
                world.assertFolderUntouched(what);
            }
        }
        if (!readOnly && (known != null ? !world.isFolderUntouched() : !world.hasSameNames())) {
            world.assertOutsideUntouched(what);
            world.build();
        }
    }
}
