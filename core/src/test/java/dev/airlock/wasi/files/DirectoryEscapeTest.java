package dev.airlock.wasi.files;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class DirectoryEscapeTest extends EscapeSuite {
    @Override
    protected FolderGuest enter(Path folder, boolean readOnly) {
        return DirectoryGuest.of(folder, readOnly);
    }
}
