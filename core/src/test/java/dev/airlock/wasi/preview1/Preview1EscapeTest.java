package dev.airlock.wasi.preview1;

import dev.airlock.wasi.files.EscapeSuite;
import dev.airlock.wasi.files.FolderGuest;
import java.nio.file.Path;

class Preview1EscapeTest extends EscapeSuite {
    @Override
    protected FolderGuest enter(Path folder, boolean readOnly) {
        return Preview1Guest.of(folder, readOnly);
    }
}
