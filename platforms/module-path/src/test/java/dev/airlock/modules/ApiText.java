package dev.airlock.modules;

import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints public types with the signatures of their members, one a line, in an order that does not depend on the JDK. */
final class ApiText {
    private ApiText() {}

    static String of(List<Class<?>> types) {
        return types.stream()
                .filter(ApiText::isPublic)
                .sorted(Comparator.comparing(Class::getName))
                .map(ApiText::type)
                .collect(Collectors.joining("\n"));
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return !type.isSynthetic()
                && !type.getSimpleName().equals("package-info")
                && isVisible(type.getModifiers())
                && (outer == null || isPublic(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String type(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field.getModifiers()) && !field.isSynthetic()) {
                members.add(field.isEnumConstant()
                        ? "constant " + field.getName()
                        : modifiers(field.getModifiers()) + name(field.getGenericType()) + " " + field.getName());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor.getModifiers()) && !constructor.isSynthetic()) {
                members.add(modifiers(constructor.getModifiers()) + variables(constructor) + "new" + parameters(constructor));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isVisible(method.getModifiers()) && !method.isSynthetic() && !isOfItsKind(type, method)) {
                members.add(modifiers(method.getModifiers() & ~Modifier.TRANSIENT & ~Modifier.VOLATILE)
                        + (method.isDefault() ? "default " : "")
                        + variables(method) + name(method.getGenericReturnType()) + " " + method.getName()
                        + parameters(method)
                        + (method.getDefaultValue() == null ? "" : " default"));
            }
        }
        return header(type) + "\n"
                + members.stream().sorted().map(member -> "    " + member + "\n").collect(Collectors.joining());
    }

    /** Members that every record or enum has. */
    private static boolean isOfItsKind(Class<?> type, Method method) {
        String name = method.getName();
        int parameters = method.getParameterCount();
        boolean ofRecord = type.isRecord()
                && (parameters == 0 && (name.equals("toString") || name.equals("hashCode"))
                        || parameters == 1 && name.equals("equals"));
        boolean ofEnum = type.isEnum() && (name.equals("values") || name.equals("valueOf"));
        return ofRecord || ofEnum;
    }

    private static String header(Class<?> type) {
        String kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
        int kept = Modifier.PUBLIC | Modifier.PROTECTED;
        if (kind.equals("class")) {
            kept |= Modifier.ABSTRACT | Modifier.FINAL;
        }
        String components = type.isRecord()
                ? Arrays.stream(type.getRecordComponents()).map(ApiText::component).collect(Collectors.joining(", ", "(", ")"))
                : "";
        Type above = type.getGenericSuperclass();
        boolean hasAbove = kind.equals("class") && above != null && above != Object.class;
        String interfaces = Stream.of(type.getGenericInterfaces())
                .filter(i -> i != Annotation.class)
                .map(ApiText::name)
                .sorted()
                .collect(Collectors.joining(", "));
        Retention retention = type.getAnnotation(Retention.class);
        return modifiers(type.getModifiers() & kept)
                + (type.isSealed() ? "sealed " : "")
                + kind + " " + name(type) + variables(type.getTypeParameters()) + components
                + (hasAbove ? " extends " + name(above) : "")
                + (interfaces.isEmpty() ? "" : (type.isInterface() ? " extends " : " implements ") + interfaces)
                + (retention == null ? "" : " retention " + retention.value());
    }

    private static String component(RecordComponent component) {
        return name(component.getGenericType()) + " " + component.getName();
    }

    private static String parameters(Executable executable) {
        String parameters = Stream.of(executable.getGenericParameterTypes())
                .map(ApiText::name)
                .collect(Collectors.joining(", ", "(", ")"));
        String exceptions = Stream.of(executable.getGenericExceptionTypes())
                .map(ApiText::name)
                .sorted()
                .collect(Collectors.joining(", "));
        return parameters + (exceptions.isEmpty() ? "" : " throws " + exceptions);
    }

    private static String variables(Executable executable) {
        String variables = variables(executable.getTypeParameters());
        return variables.isEmpty() ? "" : variables + " ";
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Stream.of(variables)
                        .map(v -> v.getName()
                                + Stream.of(v.getBounds())
                                        .filter(bound -> bound != Object.class)
                                        .map(bound -> " extends " + name(bound))
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & ~(Modifier.SYNCHRONIZED | Modifier.NATIVE | Modifier.INTERFACE));
        return text.isEmpty() ? "" : text + " ";
    }

    private static String name(Type type) {
        return type.getTypeName().replaceAll("\\bdev\\.airlock\\.|\\bjava\\.(lang|util|nio\\.file|io|time)\\.(?=[A-Z])", "");
    }
}
