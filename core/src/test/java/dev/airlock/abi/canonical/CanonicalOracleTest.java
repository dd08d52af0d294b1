package dev.airlock.abi.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.abi.form.CanonicalTypes;
import dev.airlock.error.Trap;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import dev.airlock.type.WrittenTypes;
import dev.airlock.wit.Wave;
import dev.airlock.wit.WaveCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares with the component model's reference: see the head of canonical-oracle.txt. */
class CanonicalOracleTest {
    private final List<Object> received = new ArrayList<>();

    private void receive(Object[] args) {
        received.clear();
        received.addAll(Arrays.asList(args));
    }

    private MethodHandle receiving(List<Class<?>> params) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findVirtual(getClass(), "receive", MethodType.methodType(void.class, Object[].class))
                .bindTo(this)
                .asCollector(Object[].class, params.size())
                .asType(MethodType.methodType(void.class, params));
    }

    private static List<String> lines(String separator) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                CanonicalOracleTest.class.getResourceAsStream("canonical-oracle.txt"), "canonical-oracle.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && line.contains(separator))
                    .toList();
        }
    }

    private static StringEncoding encoding(String text) {
        return switch (text) {
            case "utf8" -> StringEncoding.UTF8;
            case "utf16" -> StringEncoding.UTF16;
            default -> StringEncoding.LATIN1_UTF16;
        };
    }

    private static byte[] bytes(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) == '(') {
                int end = text.indexOf(')', i);
                bytes.writeBytes(new byte[Integer.parseInt(text.substring(i + 1, end))]);
                i = end + 1;
            } else {
                bytes.write(Integer.parseInt(text.substring(i, i + 2), 16));
                i += 2;
            }
        }
        return bytes.toByteArray();
    }

    private static String bits(Object core) {
        if (core instanceof Float number) {
            return Integer.toHexString(Float.floatToRawIntBits(number));
        } else if (core instanceof Double number) {
            return Long.toHexString(Double.doubleToRawLongBits(number));
        }
        return core instanceof Long number ? Long.toHexString(number) : Integer.toHexString((int) core);
    }

    private static Object core(CoreValType type, String bits) {
        long number = Long.parseUnsignedLong(bits, 16);
        if (type == CoreValType.F32) {
            return Float.intBitsToFloat((int) number);
        } else if (type == CoreValType.F64) {
            return Double.longBitsToDouble(number);
        }
        return type == CoreValType.I64 ? (Object) number : (Object) (int) number;
    }

    private static String[] fields(String line, String separator) {
        String[] fields = line.split(" \\" + separator + "( |$)", -1);
        assertThat(fields).hasSize(5);
        return fields;
    }

    @ParameterizedTest
    @EnumSource
    void agreesOnWhatIsStored(CanonicalRoundTripTest.Way way) throws Throwable {
        List<String> lines = lines(" | ");
        assertThat(lines).hasSizeGreaterThan(1_000);
        for (String line : lines) {
            String[] fields = fields(line, "|");
            FuncType type = WrittenTypes.func(fields[1]);
            List<Value> values = WaveCall.parse(fields[2]).arguments(type);
            CanonicalCall call = CanonicalCall.dynamic("f", type, encoding(fields[0]));
            CoreFuncType core = CanonicalTypes.lifted(type);
            var params = new ArrayList<Class<?>>(List.of(CanonicalContext.class));
            core.params().forEach(p -> params.add(p.carrier()));
            FakeGuest guest = new FakeGuest();
            var args = new ArrayList<Object>(values);
            args.add(0, guest);
            way.call(call, FakeGuest.functions(receiving(params))).invokeWithArguments(args);
            String as = line + "\n" + call.explain();
            assertThat(received.stream().skip(1).map(CanonicalOracleTest::bits).collect(Collectors.joining(" ")))
                    .as(as)
                    .isEqualTo(fields[3]);
            byte[] expected = bytes(fields[4]);
            assertThat(Arrays.copyOfRange(guest.memory.bytes(), FakeGuest.START, guest.end()))
                    .as(as)
                    .isEqualTo(expected);
            assertThat(lift(way, type, fields)).as(as).isEqualTo(values);
        }
    }

    private List<Object> lift(CanonicalRoundTripTest.Way way, FuncType type, String[] fields) throws Throwable {
        CanonicalServing serving = CanonicalServing.dynamic("f", type, encoding(fields[0]));
        return run(type, fields, way.serve(serving, FakeGuest.functions(receiving(values(type)))));
    }

    /** Compares the same through another guest. */
    private List<Object> bridge(CanonicalRoundTripTest.Way way, FuncType type, String[] fields) throws Throwable {
        CanonicalServing serving = CanonicalServing.dynamic("f", type, StringEncoding.UTF16);
        MethodHandle lowered = way.serve(serving, FakeGuest.functions(receiving(values(type))));
        CanonicalBridge bridge = CanonicalBridge.of("f", type, encoding(fields[0]), StringEncoding.UTF16);
        CanonicalFunctions functions = FakeGuest.functions(lowered);
        return run(
                type,
                fields,
                way == CanonicalRoundTripTest.Way.COMPILED
                        ? bridge.compile(functions, functions, FakeGuest.OTHER)
                        : bridge.interpret(functions, functions, FakeGuest.OTHER));
    }

    private static List<Class<?>> values(FuncType type) {
        return type.params().stream().<Class<?>>map(p -> Object.class).toList();
    }

    private List<Object> run(FuncType type, String[] fields, MethodHandle lowered) throws Throwable {
        FakeGuest guest = new FakeGuest();
        byte[] bytes = bytes(fields[4]);
        System.arraycopy(bytes, 0, guest.memory.bytes(), FakeGuest.START, bytes.length);
        List<CoreValType> core = CanonicalTypes.lowered(type).params();
        String[] numbers = fields[3].isEmpty() ? new String[0] : fields[3].split(" ");
        assertThat(numbers).hasSameSizeAs(core);
        var args = new ArrayList<Object>(List.of(guest));
        for (int i = 0; i < numbers.length; i++) {
            args.add(core(core.get(i), numbers[i]));
        }
        lowered.invokeWithArguments(args);
        return List.copyOf(received);
    }

    @ParameterizedTest
    @EnumSource
    void agreesOnWhatAlteredBytesAre(CanonicalRoundTripTest.Way way) throws Throwable {
        List<String> lines = lines(" ! ");
        assertThat(lines).hasSizeGreaterThan(1_000);
        for (String line : lines) {
            String[] fields = fields(line, "!");
            FuncType type = WrittenTypes.func(fields[1]);
            if (fields[2].equals("trap")) {
                assertThatThrownBy(() -> lift(way, type, fields)).as(line).isInstanceOf(Trap.class);
                assertThatThrownBy(() -> bridge(way, type, fields)).as(line).isInstanceOf(Trap.class);
            } else {
                assertThat(bridge(way, type, fields)).as(line).isEqualTo(lift(way, type, fields));
                assertThat(lift(way, type, fields).stream()
                                .map(value -> Wave.print((Value) value))
                                .toList())
                        .as(line)
                        .isEqualTo(WaveCall.parse(fields[2]).arguments(type).stream()
                                .map(Wave::print)
                                .toList());
            }
        }
    }
}
