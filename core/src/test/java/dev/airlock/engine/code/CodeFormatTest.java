package dev.airlock.engine.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Guests;
import dev.airlock.engine.binary.BinaryLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Notices when other code is generated than before: then code that was cached before must no longer be used.
 *
 * <p>Where this fails, raise {@link CodeCache#FORMAT} unless that was done since the last release, and write down here what
 * the code is now.
 */
class CodeFormatTest {
    @Test
    void whatIsGeneratedIsOfTheFormatThatTheCacheKnows() throws Exception {
        assertThat(CodeCache.FORMAT).isEqualTo(8);
        assertThat(digestOfCode()).isEqualTo("7f499db1790f1883");
    }

    private static String digestOfCode() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String guest : List.of("wat/numbers", "wat/huge", "wat/tables", "wat/tailcalls", "rust/repeat")) {
            byte[] bytes = Guests.bytes(guest);
            CompiledCode code =
                    new Compilation(guest, BinaryLayout.read(guest, bytes), bytes, CompileProgress.NONE).whole();
            for (Map.Entry<String, byte[]> type : new TreeMap<>(code.classes()).entrySet()) {
                digest.update(type.getKey().getBytes(StandardCharsets.UTF_8));
                digest.update(type.getValue());
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }
}
