package dev.airlock.abi;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of random types go into a guest, out to Java, back in and out again, and have to be the same all the way. */
class CanonicalRoundTripTest {
    enum Way {
        COMPILED,
        INTERPRETED;

        MethodHandle call(CanonicalCall call, CanonicalFunctions functions) {
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

    private void passes(Way way, StringEncoding encoding, List<ValType> types, long seed, FakeGuest guest)
            throws Throwable {
        var params = new ArrayList<FuncType.Param>();
        var values = new ArrayList<Value>();
        var random = new RandomValues(seed);
        for (int i = 0; i < types.size(); i++) {
            params.add(new FuncType.Param("p" + i, types.get(i)));
            values.add(random.next(types.get(i)));
        }
        FuncType type = new FuncType(params, types.get(0));
        MethodHandle host = MethodHandles.lookup()
                .findVirtual(getClass(), "receive", MethodType.methodType(Object.class, Object[].class))
                .bindTo(this)
                .asCollector(Object[].class, types.size());
        MethodHandle serving = way.serve(CanonicalServing.dynamic("echo", type, encoding), FakeGuest.functions(host));
        CanonicalFunctions functions = FakeGuest.functions(FakeGuest.forwarding(type, serving));
        CanonicalCall call = CanonicalCall.dynamic("echo", type, encoding);
        MethodHandle echo = way.call(call, FakeGuest.withPostReturn(functions, CanonicalTypes.lifted(type)));
        var args = new ArrayList<Object>(values);
        args.add(0, guest);
        received.clear();
        Object back = echo.invokeWithArguments(args);
        assertThat(received).as(call.explain()).isEqualTo(values);
        assertThat(back).as(call.explain()).isEqualTo(values.get(0));
        assertThat(guest.mayLeave()).isTrue();
        assertThat(guest.log).filteredOn(line -> line.endsWith("may leave")).isEmpty();
        assertThat(guest.log.get(guest.log.size() - 1)).startsWith("post-return [");
    }

    @ParameterizedTest
    @EnumSource
    void randomValuesPass(Way way) {
        RandomTypes.seeds(TYPES, seed -> {
            var types = new RandomTypes(seed);
            var chosen = new ArrayList<ValType>();
            for (long i = 0; i <= seed % 4; i++) {
                chosen.add(types.next());
            }
            StringEncoding encoding = StringEncoding.values()[(int) (seed % 3)];
            FakeGuest guest = new FakeGuest();
            guest.growing = seed % 2 == 0;
            try {
                passes(way, encoding, chosen, seed, guest);
            } catch (Throwable e) {
                throw new AssertionError(chosen + " " + e, e);
            }
        });
    }
}
