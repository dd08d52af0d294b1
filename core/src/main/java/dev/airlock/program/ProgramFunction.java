package dev.airlock.program;

import dev.airlock.abi.placed.PayloadHeap;
import dev.airlock.error.ProgramException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.limit.Allowance;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.FutureMethods;
import dev.airlock.shape.InterfaceMethods;
import dev.airlock.shape.Shapes;
import dev.airlock.wasi.Input;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A program behind the one method of a Java interface. A run costs far more than the proxy does. */
final class ProgramFunction {
    private final Program program;
    private final Method method;
    private final @Nullable PayloadCodec codec;
    private final Type inputType;
    private final Type outputType;

    private ProgramFunction(Program program, Method method) {
        this.program = program;
        this.method = method;
        this.codec = needsCodec(method) ? codec(program, method) : null;
        this.inputType = needsCodecIn(method) ? Shapes.payload(method.getAnnotatedParameterTypes()[0]) : void.class;
        this.outputType = needsCodecOut(method) ? Shapes.payload(method.getAnnotatedReturnType()) : void.class;
        if (codec != null && needsCodecIn(method)) {
            codec.check(inputType);
        }
        if (codec != null && needsCodecOut(method)) {
            codec.check(outputType);
        }
    }

    private static PayloadCodec codec(Program program, Method method) {
        PayloadCodec set = program.payloads();
        return set == null ? PayloadCodec.installed(method.getDeclaringClass(), PayloadCodec.JSON) : set;
    }

    static <T> T bind(Program program, Class<T> type) {
        ProgramFunction function = of(program, type);
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, args) -> function.invoke(self, called, args));
        return type.cast(proxy);
    }

    /** @throws SignatureException if the interface cannot stand for a program */
    static ProgramFunction of(Program program, Class<?> type) {
        if (!type.isInterface()) {
            throw new SignatureException(type.getName() + " is no interface");
        }
        if (type.isSealed()) {
            throw new SignatureException(type.getName() + " is sealed, so nothing else can implement it");
        }
        List<Method> methods = InterfaceMethods.toImplement(type);
        if (methods.size() != 1) {
            throw new SignatureException(type.getName() + " cannot stand for "
                    + program.name()
                    + ": a program is one function, so the interface has to have one abstract method, not "
                    + methods.size()
                    + methods.stream().map(m -> "\n  " + m.toGenericString()).collect(Collectors.joining()));
        }
        Method method = methods.get(0);
        if (method.getParameterCount() > 1) {
            throw new SignatureException(type.getName() + "." + method.getName() + " cannot stand for "
                    + program.name()
                    + ": a program has one standard input, so the method has to have one parameter at the most, not "
                    + method.getParameterCount());
        }
        if (FutureMethods.isOne(method)) {
            throw new SignatureException(type.getName() + "." + method.getName() + " cannot stand for "
                    + program.name()
                    + ": it returns a CompletableFuture, and a program has no pool whose threads would complete it; any"
                    + " number of threads may call a program, so let the method return the result itself, and call it by"
                    + " CompletableFuture.supplyAsync");
        }
        return new ProgramFunction(program, method);
    }

    /** Returns the steps of a call, in words, as a plan has them. */
    String explain() {
        Class<?> result = method.getReturnType();
        var text = new StringBuilder(program.name()).append(", a program");
        if (codec != null) {
            text.append("; payloads are ").append(codec.format());
        }
        String name = method.getParameterCount() == 0 ? "" : method.getParameters()[0].getName();
        text.append('\n').append(method.getName()).append('(').append(name).append(")\n");
        if (!name.isEmpty()) {
            Class<?> type = method.getParameterTypes()[0];
            text.append("  stdin = ")
                    .append(
                            !isRawInput(type)
                                    ? requireCodec().format() + "(" + name + ")"
                                    : type == String.class ? "utf8(" + name + ")" : name)
                    .append('\n');
        }
        text.append("  exit = call(_start)\n");
        if (result == ProgramResult.class) {
            return text.append("  return exit, stdout, stderr\n").toString();
        }
        text.append("  if exit is not 0: throw ProgramException(exit, stderr)\n");
        if (result == byte[].class) {
            text.append("  return stdout\n");
        } else if (result != void.class) {
            text.append("  result = ")
                    .append(result == String.class ? "utf8" : requireCodec().format())
                    .append("(stdout)\n  return result\n");
        }
        return text.toString();
    }

    private static boolean needsCodec(Method method) {
        return needsCodecIn(method) || needsCodecOut(method);
    }

    private static boolean needsCodecIn(Method method) {
        return method.getParameterCount() == 1 && !isRawInput(method.getParameterTypes()[0]);
    }

    private static boolean needsCodecOut(Method method) {
        return !List.of(void.class, byte[].class, String.class, ProgramResult.class)
                .contains(method.getReturnType());
    }

    private @Nullable Object invoke(Object self, Method called, Object @Nullable [] args) throws Throwable {
        if (called.getDeclaringClass() == Object.class) {
            return switch (called.getName()) {
                case "equals" -> self == first(args);
                case "hashCode" -> System.identityHashCode(self);
                default -> method.getDeclaringClass().getSimpleName() + " by " + program;
            };
        }
        if (called.isDefault()) {
            return InterfaceMethods.invokeDefault(self, called, args);
        }
        return call(first(args));
    }

    private static @Nullable Object first(Object @Nullable [] args) {
        return args == null ? null : args[0];
    }

    private @Nullable Object call(@Nullable Object argument) {
        Invocation invocation = program.invocation();
        if (method.getParameterCount() == 1) {
            invocation.stdin(input(argument));
        }
        Class<?> type = method.getReturnType();
        ProgramResult result = invocation.run(type != void.class && type != ProgramResult.class);
        if (method.getReturnType() == ProgramResult.class) {
            return result;
        }
        if (result.exitCode() != 0) {
            throw new ProgramException(program.name() + " failed", result.exitCode(), result.stderrText(), null);
        }
        try {
            return output(result.stdout());
        } catch (ValueException e) {
            throw new ProgramException(
                    "the output of " + program.name() + " cannot be read as "
                            + method.getGenericReturnType().getTypeName() + ": " + e.getMessage(),
                    result.exitCode(),
                    result.stderrText(),
                    e);
        }
    }

    private Input input(@Nullable Object argument) {
        Class<?> type = method.getParameterTypes()[0];
        if (!isRawInput(type)) {
            return Input.bytes(requireCodec().encode(argument, inputType));
        }
        if (argument instanceof byte[] bytes) {
            return Input.bytes(bytes);
        } else if (argument instanceof String text) {
            return Input.text(text);
        } else if (argument instanceof InputStream stream) {
            return Input.stream(stream);
        }
        throw new ValueException(method.getParameters()[0].getName() + ": null, where " + program.name() + " needs a "
                + type.getSimpleName());
    }

    private static boolean isRawInput(Class<?> type) {
        return type == byte[].class || type == String.class || InputStream.class.isAssignableFrom(type);
    }

    private @Nullable Object output(byte[] stdout) {
        Class<?> type = method.getReturnType();
        if (type == void.class) {
            return null;
        } else if (type == byte[].class) {
            return stdout;
        } else if (type == String.class) {
            return text(stdout);
        }
        PayloadCodec used = requireCodec();
        PayloadHeap.check(
                new Allowance(program.limits(), null),
                used.format(),
                stdout,
                outputType,
                "the output of " + program.name());
        return used.decode(stdout, outputType);
    }

    private PayloadCodec requireCodec() {
        return Objects.requireNonNull(codec, "a method with such types has a codec");
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ValueException("it is not well-formed UTF-8", e);
        }
    }
}
