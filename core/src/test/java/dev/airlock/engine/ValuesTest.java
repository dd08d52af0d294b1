package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.V128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Vectors and references beside numbers, one or many at a time ({@code guests/gc/values.wat}). */
class ValuesTest {
    private static final V128 VECTOR = new V128(0x0102_0304_0506_0708L, -2);

    interface Vector {
        V128 vector(V128 value, int add);
    }

    interface Mixed {
        Object[] mixed(int number, V128 vector, @Nullable Object object, double fraction);
    }

    /** Adds 1 to numbers, and passes on the rest. */
    public static final class Env {
        private final List<Float> seen = new ArrayList<>();

        @HostFunction
        V128 vector(V128 value, int add) {
            return new V128(value.low() + add, value.high());
        }

        @HostFunction(results = {int.class, V128.class, Object.class, double.class})
        Object[] mixed(int number, V128 vector, @Nullable Object object, double fraction) {
            return new Object[] {number + 1, vector, object, fraction + 1};
        }

        @HostFunction
        void nothing(float value) {
            seen.add(value);
        }
    }

    private final Module module = Guests.module("gc/values");
    private final Env env = new Env();

    private CoreFuncType many() {
        return (CoreFuncType) module.export("many").orElseThrow();
    }

    private Linker linker() {
        return new Linker()
                .functions("env", env)
                .functionOfValues(
                        "env",
                        "many",
                        many(),
                        (caller, args) -> Arrays.copyOfRange(args, args.length - 4, args.length));
    }

    @Test
    void aVectorIsAValueOfItsOwn() {
        Instance guest = linker().instantiate(module);
        Vector vector = guest.function("vector").typed(Vector.class);
        assertThat(vector.vector(VECTOR, 3)).isEqualTo(new V128(VECTOR.low() + 3, -2));
        assertThat(guest.function("vector").invoke(VECTOR, 3)).containsExactly(new V128(VECTOR.low() + 3, -2));
        assertThatThrownBy(() -> guest.function("vector").call(1, 2))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("typed() or invoke()");
        assertThat(guest.global("vector_held").get()).isEqualTo(new V128(1, 2));
        guest.global("vector_held").set(VECTOR);
        assertThat(guest.global("vector_held").get()).isEqualTo(VECTOR);
    }

    @Test
    void severalResultsOfDifferentKindsAreObjects() {
        Instance guest = linker().instantiate(module);
        Object mine = new Object();
        Mixed mixed = guest.function("mixed").typed(Mixed.class);
        assertThat(mixed.mixed(1, VECTOR, mine, 0.5)).containsExactly(2, VECTOR, mine, 1.5);
        assertThat(mixed.mixed(1, VECTOR, null, 0.5)).containsExactly(2, VECTOR, null, 1.5);
        assertThat(guest.function("mixed").invoke(-1, VECTOR, mine, Double.NaN))
                .containsExactly(0, VECTOR, mine, Double.NaN);
        assertThat(guest.function("nothing").invoke(1.5f)).isEmpty();
        assertThat(env.seen).containsExactly(1.5f);
    }

    @Test
    void moreValuesThanAMethodOfTheJvmTakesAreObjects() {
        Instance guest = linker().instantiate(module);
        Object[] args = new Object[300];
        for (int i = 0; i < args.length; i += 4) {
            args[i] = i;
            args[i + 1] = new V128(i, -i);
            args[i + 2] = "object " + i;
            args[i + 3] = i / 2.0;
        }
        assertThat(guest.function("many").invoke(args)).containsExactly(296, new V128(296, -296), "object 296", 148.0);
        args[5] = 1;
        assertThatThrownBy(() -> guest.function("many").invoke(args))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("argument 6 of function \"many\" has to be v128, not Integer");
    }

    @Test
    void resultsOfAnotherTypeOrNumberAreTheHostsFailure() {
        refusedResults("has to be v128, not Integer", 1, 1, null, 1.0);
        refusedResults("it gave 1 results, not 4", 1);
        refusedResults("has to be i32, not null", null, VECTOR, null, 1.0);
    }

    private void refusedResults(String message, @Nullable Object... results) {
        Instance guest = linker().functionOfValues("env", "mixed", mixed(), (caller, args) -> results)
                .instantiate(module);
        assertThatThrownBy(() -> guest.function("mixed").invoke(1, VECTOR, null, 1.0))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.HOST_FUNCTION))
                .hasMessageContaining("env.mixed")
                .hasMessageContaining(message);
    }

    private CoreFuncType mixed() {
        return (CoreFuncType) module.export("mixed").orElseThrow();
    }
}
