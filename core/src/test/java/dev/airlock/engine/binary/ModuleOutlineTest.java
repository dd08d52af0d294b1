package dev.airlock.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Module;
import dev.airlock.error.ModuleException;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExportType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleOutlineTest {
    // Imports of every kind, shared memories, and large guests.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "wat/imports",
                "wat/atomics",
                "wat/tables",
                "wat/numbers",
                "wat/command",
                "c/echo",
                "rust/kit",
                "go/words",
                "assemblyscript/kit"
            })
    void itHasTheNamesThatTheCompiledModuleHas(String guest) {
        Module module = Engine.create().compile("guest.wasm", Guests.bytes(guest));
        ModuleOutline outline = ModuleOutline.read("guest.wasm", Guests.bytes(guest));
        assertThat(outline.imports())
                .isEqualTo(module.imports().stream()
                        .map(wanted -> new ModuleOutline.Import(wanted.module(), wanted.name()))
                        .toList());
        assertThat(outline.exportedFunctions())
                .isEqualTo(module.exports().stream()
                        .filter(export -> export.type() instanceof CoreFuncType)
                        .map(ExportType::name)
                        .collect(Collectors.toSet()));
    }

    /** A header and an import section with one import of {@code "m" "n"}. */
    private static byte[] importing(int... description) {
        var bytes = new java.io.ByteArrayOutputStream();
        bytes.writeBytes(
                new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 2, (byte) (5 + description.length), 1, 1, 'm', 1, 'n'});
        Arrays.stream(description).forEach(bytes::write);
        return bytes.toByteArray();
    }

    @Test
    void importsOfLaterProposalsAreReadPast() {
        for (byte[] bytes : List.of(
                importing(0x00, 0x80, 0x01),
                importing(0x01, 0x63, 0x70, 0x01, 1, 2),
                importing(0x02, 0x05, 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01),
                importing(0x02, 0x08, 1, 0),
                importing(0x03, 0x64, 0x05, 0x01),
                importing(0x04, 0x00, 0x03))) {
            assertThat(ModuleOutline.read("guest.wasm", bytes).imports())
                    .containsExactly(new ModuleOutline.Import("m", "n"));
        }
    }

    @Test
    void whatIsMalformedIsRefusedWithItsPlace() {
        for (byte[] bytes : List.of(
                importing(0x05, 0x00),
                importing(0x00),
                importing(0x00, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01))) {
            assertThatThrownBy(() -> ModuleOutline.read("guest.wasm", bytes))
                    .isInstanceOf(ModuleException.class)
                    .hasMessageStartingWith("guest.wasm, byte 8: malformed import section: ");
        }
    }
}
