package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.ModuleException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompileListenerTest {
    private record Told(String module, int functions, int total) {}

    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());

    private Engine.Builder listening() {
        return Engine.builder()
                .compileListener((module, functions, total) -> told.add(new Told(module, functions, total)));
    }

    // In one part and in several, with a function that is compiled twice, and with tail calls.
    @ParameterizedTest
    @CsvSource({"go/kit, 1", "go/kit, 3", "rust/repeat, 3", "wat/huge, 1", "wat/tailcalls, 3"})
    void functionsAreCountedUpToTheirNumber(String guest, int threads) {
        Module module = listening().compileThreads(threads).build().compile("guest.wasm", Guests.bytes(guest));
        int total = module.functionCount();
        assertThat(told.get(0)).isEqualTo(new Told("guest.wasm", 0, total));
        assertThat(told.get(told.size() - 1)).isEqualTo(new Told("guest.wasm", total, total));
        assertThat(told).allMatch(t -> t.total() == total && t.module().equals("guest.wasm"));
        assertThat(told.stream().map(Told::functions).toList()).isSorted().doesNotHaveDuplicates();
        assertThat(told.size()).isGreaterThanOrEqualTo(Math.min(total / 128, 2));
    }

    @Test
    void aModuleFromTheCacheIsNotCompiled(@TempDir Path folder) {
        byte[] bytes = Guests.bytes("wat/numbers");
        Engine engine = listening().codeCache(folder).build();
        assertThat(engine.compile("a.wasm", bytes).isCached()).isFalse();
        told.clear();
        assertThat(engine.compile("b.wasm", bytes).isCached()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void whatItThrowsEndsTheCompilation() {
        Engine engine = Engine.builder()
                .compileListener((module, functions, total) -> {
                    if (functions > 0) {
                        throw new IllegalStateException("enough");
                    }
                })
                .build();
        assertThatThrownBy(() -> engine.compile("guest.wasm", Guests.bytes("rust/kit")))
                .isInstanceOf(ModuleException.class)
                .hasMessage("guest.wasm: cannot be compiled: enough")
                .hasCauseInstanceOf(IllegalStateException.class);
    }
}
