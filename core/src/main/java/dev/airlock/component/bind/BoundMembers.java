package dev.airlock.component.bind;

import dev.airlock.component.run.ComponentCode;
import dev.airlock.component.run.LiftCode;
import dev.airlock.engine.Entry;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.shape.FutureMethods;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The methods of one implementation, and the code of each. */
final class BoundMembers {
    /** The part of a method's code that all instances share, without the gate. */
    private sealed interface Code permits Call, Close, Give {}

    private record Call(LiftCode.Typed typed, boolean ofResource, String name) implements Code {}

    private record Close() implements Code {}

    private record Give() implements Code {}

    /** Instances with equal keys share one class of implementations. */
    private record Key(Class<?> type, List<Code> methods) {}

    private final Class<?> type;
    private final List<Method> methods = new ArrayList<>();
    private final List<Code> codes = new ArrayList<>();
    private final List<BindingRecipe.Use> uses = new ArrayList<>();
    private final List<BindingRecipe.Bound> nested = new ArrayList<>();
    private final List<String> problems;

    /** @param problems the list that problems are added to */
    BoundMembers(Class<?> type, List<String> problems) {
        this.type = type;
        this.problems = problems;
    }

    List<Method> distinct(List<Method> found) {
        Set<String> names = new LinkedHashSet<>();
        var distinct = new ArrayList<Method>();
        // In a fixed order, so that keys are equal.
        List<Method> sorted =
                found.stream().sorted(Comparator.comparing(Method::getName)).toList();
        for (Method method : sorted) {
            boolean isNew = names.add(method.getName());
            boolean same = distinct.stream()
                    .anyMatch(m ->
                            m.getName().equals(method.getName()) && erased(m).equals(erased(method)));
            if (isNew) {
                distinct.add(method);
            } else if (!same) {
                problems.add(type.getSimpleName() + "." + method.getName() + " is overloaded, but a WIT interface has"
                        + " one function of each name: rename one of them, or use @GuestName");
            }
        }
        return distinct;
    }

    void attempt(Method method, Runnable made) {
        try {
            made.run();
        } catch (SignatureException | ValueException e) {
            String what = type.getSimpleName() + "." + method.getName();
            String said = String.valueOf(e.getMessage()).replace("\n", "\n  ");
            problems.add(said.startsWith(what + "(") ? said : what + ": " + said);
        }
    }

    private void add(Method method, Code code) {
        methods.add(method);
        codes.add(code);
    }

    /** Adds a method that calls a function. */
    void call(Method method, BindingRecipe.Use use, LiftCode.Typed typed, boolean ofResource) {
        add(method, new Call(typed, ofResource, use.fullName()));
        uses.add(use);
    }

    /** Adds a method that returns another bound interface. */
    void give(Method method, BindingRecipe.Bound other) {
        add(method, new Give());
        nested.add(other);
    }

    /** Adds a method that closes the instance or the resource. */
    void close(Method method) {
        add(method, new Close());
    }

    List<BindingRecipe.Use> uses() {
        return uses;
    }

    BindingRecipe.Bound bound(ComponentCode code) {
        return new BindingRecipe.Bound(constructor(code), List.copyOf(uses), List.copyOf(nested));
    }

    /** {@code (Object target) -> Object}: makes an implementation. */
    MethodHandle constructor(ComponentCode code) {
        return code.binding(new Key(type, List.copyOf(codes)), () -> Entry.implementing(type, implementations()));
    }

    private List<Entry.Method> implementations() {
        var made = new ArrayList<Entry.Method>();
        int entry = 0;
        int given = 0;
        for (int i = 0; i < codes.size(); i++) {
            MethodHandle handle;
            if (codes.get(i) instanceof Call call) {
                handle = BoundTarget.call(call.typed(), entry++, call.ofResource(), call.name());
                if (FutureMethods.isOne(methods.get(i))) {
                    handle = FutureMethods.completing(handle);
                }
            } else {
                handle = codes.get(i) instanceof Give ? BoundTarget.nested(given++) : BoundTarget.close();
            }
            made.add(new Entry.Method(methods.get(i).getName(), erased(methods.get(i)), handle));
        }
        made.add(new Entry.Method("toString", MethodType.methodType(String.class), describing()));
        return made;
    }

    private MethodHandle describing() {
        return MethodHandles.insertArguments(DESCRIBE, 0, type.getSimpleName());
    }

    private static MethodType erased(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    }

    private static final MethodHandle DESCRIBE;

    static {
        try {
            DESCRIBE = MethodHandles.lookup()
                    .findStatic(
                            BoundMembers.class,
                            "describe",
                            MethodType.methodType(String.class, String.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static String describe(String type, Object target) {
        return type + " by " + target;
    }
}
