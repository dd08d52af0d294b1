package dev.airlock.abi.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.abi.form.CanonicalTypes;
import dev.airlock.type.FuncType;
import dev.airlock.type.RandomTypes;
import dev.airlock.type.RandomValues;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of random types go into a guest, out to Java, back in and out again, and must stay the same. */
@Tag("slow")
public class CanonicalRoundTripTest {
    public enum Way {
        COMPILED,
        INTERPRETED;

        public MethodHandle call(CanonicalCall call, CanonicalFunctions functions) {
            return this == COMPILED ? call.compile(functions) : call.interpret(functions);
        }

        MethodHandle serve(CanonicalServing serving, CanonicalFunctions functions) {
            return this == COMPILED ? serving.compile(functions) : serving.interpret(functions);
        }
    }

    private static final int TYPES = 600;

    private final List<Object> received = new ArrayList<>();

    private Object receive(Object[] args) {
        received.addAll(List.of(args));
        return args[0];
    }

    private MethodHandle host(int params) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findVirtual(getClass(), "receive", MethodType.methodType(Object.class, Object[].class))
                .bindTo(this)
                .asCollector(Object[].class, params);
    }

    /** Java calls a guest, which calls another if there is one, which calls Java. */
    private void passes(Way way, List<StringEncoding> encodings, List<ValType> types, long seed, FakeGuest guest)
            throws Throwable {
        var params = new ArrayList<FuncType.Param>();
        var values = new ArrayList<Value>();
        var random = new RandomValues(seed);
        for (int i = 0; i < types.size(); i++) {
            params.add(new FuncType.Param("p" + i, types.get(i)));
            values.add(random.next(types.get(i)));
        }
        FuncType type = new FuncType(params, types.get(0));
        StringEncoding last = encodings.get(encodings.size() - 1);
        MethodHandle lowered =
                way.serve(CanonicalServing.dynamic("echo", type, last), FakeGuest.functions(host(types.size())));
        String plans = "";
        for (int i = encodings.size() - 2; i >= 0; i--) {
            CanonicalBridge bridge = CanonicalBridge.of("echo", type, encodings.get(i), encodings.get(i + 1));
            plans += bridge.explain();
            CanonicalFunctions callee = FakeGuest.withPostReturn(
                    FakeGuest.functions(FakeGuest.forwarding(type, lowered)), CanonicalTypes.lifted(type));
            lowered = way == Way.COMPILED
                    ? bridge.compile(FakeGuest.functions(host(0)), callee, FakeGuest.OTHER)
                    : bridge.interpret(FakeGuest.functions(host(0)), callee, FakeGuest.OTHER);
        }
        CanonicalFunctions functions = FakeGuest.functions(FakeGuest.forwarding(type, lowered));
        CanonicalCall call = CanonicalCall.dynamic("echo", type, encodings.get(0));
        MethodHandle echo = way.call(call, FakeGuest.withPostReturn(functions, CanonicalTypes.lifted(type)));
        var args = new ArrayList<Object>(values);
        args.add(0, guest);
        received.clear();
        Object back = echo.invokeWithArguments(args);
        assertThat(received).as(call.explain() + plans).isEqualTo(values);
        assertThat(back).as(call.explain() + plans).isEqualTo(values.get(0));
        for (FakeGuest one : encodings.size() == 1 ? List.of(guest) : List.of(guest, guest.other())) {
            assertThat(one.mayLeave()).isTrue();
            assertThat(one.log).filteredOn(line -> line.endsWith("may leave")).isEmpty();
            assertThat(one.log.get(one.log.size() - 1)).startsWith("post-return [");
        }
    }

    private static List<ValType> types(long seed) {
        var types = new RandomTypes(seed);
        var chosen = new ArrayList<ValType>();
        for (long i = 0; i <= seed % 4; i++) {
            chosen.add(types.next());
        }
        return chosen;
    }

    private void passes(Way way, long seed, List<StringEncoding> encodings) {
        List<ValType> types = types(seed);
        FakeGuest guest = new FakeGuest();
        guest.growing = seed % 2 == 0;
        guest.other().growing = seed % 5 == 0;
        try {
            passes(way, encodings, types, seed, guest);
        } catch (Throwable e) {
            throw new AssertionError(types + " " + e, e);
        }
    }

    private static StringEncoding encoding(long seed) {
        return StringEncoding.values()[(int) (seed % 3)];
    }

    @ParameterizedTest
    @EnumSource
    void randomValuesPass(Way way) {
        RandomTypes.seeds(TYPES, seed -> passes(way, seed, List.of(encoding(seed))));
    }

    @ParameterizedTest
    @EnumSource
    void randomValuesPassFromGuestToGuest(Way way) {
        RandomTypes.seeds(TYPES, seed -> passes(way, seed, List.of(encoding(seed), encoding(seed / 3))));
    }
}
