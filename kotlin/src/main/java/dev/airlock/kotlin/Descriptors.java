package dev.airlock.kotlin;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/** The JVM's text of a method's types, by which Kotlin's metadata names methods. */
final class Descriptors {
    private Descriptors() {}

    static String of(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
    }
}
