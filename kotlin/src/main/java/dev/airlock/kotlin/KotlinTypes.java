package dev.airlock.kotlin;

import dev.airlock.mapping.LanguageTypes;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kotlin.metadata.Attributes;
import kotlin.metadata.ClassKind;
import kotlin.metadata.KmClass;
import kotlin.metadata.KmConstructor;
import kotlin.metadata.KmFunction;
import kotlin.metadata.KmProperty;
import kotlin.metadata.KmValueParameter;
import kotlin.metadata.Modality;
import kotlin.metadata.jvm.JvmExtensionsKt;
import kotlin.metadata.jvm.JvmMethodSignature;
import org.jspecify.annotations.Nullable;

/** Reads the metadata that Kotlin's compiler writes into each class. */
public final class KotlinTypes implements LanguageTypes {
    /** Created by {@link java.util.ServiceLoader}. */
    public KotlinTypes() {}

    @Override
    public @Nullable FunctionFacts function(Method method) {
        KmClass type = Metadata.of(method.getDeclaringClass()).orElse(null);
        if (type == null) {
            return null;
        }
        String descriptor = Descriptors.of(method);
        for (KmFunction function : type.getFunctions()) {
            if (isOf(method.getName(), descriptor, JvmExtensionsKt.getSignature(function))) {
                return function(method, function);
            }
        }
        for (KmProperty property : type.getProperties()) {
            if (isOf(method.getName(), descriptor, JvmExtensionsKt.getGetterSignature(property))) {
                TypeNotes notes = new TypeNotes(method.getDeclaringClass().getClassLoader());
                TypeFacts result = notes.of(property.getReturnType());
                return new FunctionFacts(property.getName(), List.of(), List.of(), result, notes.refusal());
            }
        }
        return null;
    }

    private static FunctionFacts function(Method method, KmFunction function) {
        TypeNotes notes = new TypeNotes(method.getDeclaringClass().getClassLoader());
        var names = new ArrayList<String>();
        var params = new ArrayList<TypeFacts>();
        for (KmValueParameter parameter : function.getValueParameters()) {
            names.add(parameter.getName());
            params.add(notes.of(parameter.getType()));
        }
        TypeFacts result = notes.of(function.getReturnType());
        String refusal = refusal(function, notes);
        // The additional parameter of a suspend or extension function is refused later, but has to be counted here.
        for (int i = params.size(); i < method.getParameterCount(); i++) {
            names.add("arg" + i);
            params.add(TypeNotes.PLAIN);
        }
        return new FunctionFacts(function.getName(), names, params, result, refusal);
    }

    private static @Nullable String refusal(KmFunction function, TypeNotes notes) {
        if (Attributes.isSuspend(function)) {
            return function.getName() + " is a suspend function, and a guest's call blocks its thread:"
                    + " leave out suspend, and call it from withContext(Dispatchers.IO)";
        }
        if (function.getReceiverParameterType() != null) {
            return function.getName() + " is an extension function: make its receiver a parameter";
        }
        return notes.refusal();
    }

    @Override
    public @Nullable RecordFacts record(Class<?> type) {
        KmClass read = Metadata.of(type).orElse(null);
        if (read == null || !Attributes.isData(read) || Attributes.getKind(read) != ClassKind.CLASS) {
            return null;
        }
        KmConstructor primary = read.getConstructors().stream()
                .filter(constructor -> !Attributes.isSecondary(constructor))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the data class " + type.getName()
                        + " has no primary constructor: its metadata was not written by Kotlin's compiler"));
        TypeNotes notes = new TypeNotes(type.getClassLoader());
        var components = new ArrayList<ComponentFacts>();
        var classes = new ArrayList<Class<?>>();
        for (KmValueParameter parameter : primary.getValueParameters()) {
            Optional<Method> accessor = accessor(type, read, parameter.getName());
            TypeFacts facts = notes.of(parameter.getType());
            if (accessor.isEmpty()) {
                return new RecordFacts(
                        type.getDeclaredConstructors()[0],
                        List.of(),
                        "its property " + parameter.getName() + " is private, so its value cannot be read");
            }
            classes.add(accessor.get().getReturnType());
            components.add(new ComponentFacts(
                    parameter.getName(), accessor.get(), accessor.get().getGenericReturnType(), facts));
        }
        return new RecordFacts(constructor(type, classes), components, notes.refusal());
    }

    private static Optional<Method> accessor(Class<?> type, KmClass read, String name) {
        return read.getProperties().stream()
                .filter(property -> property.getName().equals(name))
                .map(JvmExtensionsKt::getGetterSignature)
                .flatMap(signature -> Arrays.stream(type.getDeclaredMethods())
                        .filter(m -> isOf(m.getName(), Descriptors.of(m), signature)))
                .findFirst();
    }

    /**
     * Returns the constructor that takes exactly the properties. There may be others, with a marker or with bits for
     * defaults.
     */
    private static Constructor<?> constructor(Class<?> type, List<Class<?>> params) {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(c -> Arrays.asList(c.getParameterTypes()).equals(params))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the data class " + type.getName()
                        + " has no constructor of its properties " + params
                        + ": its metadata was not written by Kotlin's compiler"));
    }

    @Override
    public @Nullable List<Class<?>> cases(Class<?> type) {
        KmClass read = Metadata.of(type).orElse(null);
        if (read == null || Attributes.getModality(read) != Modality.SEALED) {
            return null;
        }
        return read.getSealedSubclasses().stream()
                .<Class<?>>map(name -> Metadata.load(name, type.getClassLoader()))
                .toList();
    }

    @Override
    public @Nullable Object singleton(Class<?> type) {
        KmClass read = Metadata.of(type).orElse(null);
        if (read == null || Attributes.getKind(read) != ClassKind.OBJECT) {
            return null;
        }
        try {
            var instance = type.getDeclaredField("INSTANCE");
            instance.setAccessible(true);
            return instance.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the object " + type.getName() + " cannot be read", e);
        }
    }

    private static boolean isOf(String name, String descriptor, @Nullable JvmMethodSignature signature) {
        return signature != null
                && signature.getName().equals(name)
                && signature.getDescriptor().equals(descriptor);
    }
}
