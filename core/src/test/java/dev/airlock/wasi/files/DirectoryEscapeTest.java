package dev.airlock.wasi.files;

import java.nio.file.Path;

class DirectoryEscapeTest extends EscapeSuite {
    @Override
    protected FolderGuest enter(Path folder, boolean readOnly) {
        return DirectoryGuest.of(folder, readOnly);
    }
}
