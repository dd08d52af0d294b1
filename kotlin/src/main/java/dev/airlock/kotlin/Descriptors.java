package dev.airlock.kotlin;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/** Method descriptors of the JVM, by which Kotlin's metadata names methods. */
final class Descriptors {
    private Descriptors() {}

    static String of(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
    }
}
