package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.LanguageTypes;
import dev.airlock.type.FuncType;
import dev.airlock.type.ResultType;
import dev.airlock.type.ValType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the shapes of methods, and tells all that is wrong with one at once. */
final class MethodShapeMaker {
    private final Method method;
    private final int hostParams;
    private final boolean calling;
    private final TypeResolver resolver;
    private final LanguageTypes.@Nullable FunctionFacts facts;
    private final ShapeMaker shapes;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param payloads whether what has no WIT type crosses as a payload
     * @param hostParams how many parameters come first that are no guest's
     */
    MethodShapeMaker(Type owner, Method method, boolean calling, boolean payloads, int hostParams) {
        this.hostParams = hostParams;
        this.method = method;
        this.calling = calling;
        this.shapes = new ShapeMaker(payloads);
        this.resolver = TypeResolver.within(TypeResolver.NONE.resolve(owner));
        this.facts = Languages.function(method);
    }

    MethodShape make() {
        var params = new ArrayList<MethodShape.Param>();
        var funcParams = new ArrayList<FuncType.Param>();
        if (facts != null && facts.refusal() != null) {
            problems.add(facts.refusal());
        }
        Parameter[] parameters = method.getParameters();
        for (int i = hostParams; i < parameters.length; i++) {
            String name =
                    facts == null ? parameters[i].getName() : facts.paramNames().get(i);
            ResolvedType resolved = resolved(parameters[i], i);
            attempt(() -> {
                JavaShape shape = shapes.make(resolved, JavaPath.of(name), calling);
                params.add(new MethodShape.Param(name, shape));
                funcParams.add(
                        new FuncType.Param(ShapeMaker.named(JavaPath.of(name), () -> Names.kebab(name)), shape.type()));
                return shape;
            });
        }
        JavaShape result = attempt(this::result);
        Class<? extends Throwable> error = attempt(this::error);
        FuncType type = problems.isEmpty() ? attempt(() -> new FuncType(funcParams, typeOf(result))) : null;
        if (type == null) {
            throw refusal(describe(), problems);
        }
        return new MethodShape(method, params, result, error, type);
    }

    private ResolvedType resolved(Parameter parameter, int index) {
        ResolvedType type = resolver.resolve(parameter.getAnnotatedType()).with(declared(parameter.getAnnotations()));
        return facts == null ? type : type.with(facts.params().get(index));
    }

    private <T> @Nullable T attempt(Supplier<@Nullable T> made) {
        try {
            return made.get();
        } catch (SignatureException | NoWitType e) {
            problems.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable JavaShape result() {
        ResolvedType written =
                resolver.resolve(method.getAnnotatedReturnType()).with(declared(method.getAnnotations()));
        ResolvedType returned = facts == null ? written : written.with(facts.result());
        ResolvedType type = calling && FutureMethods.isOne(method) ? inFuture(returned) : returned;
        return type.raw() == void.class || type.raw() == Void.class
                ? null
                : shapes.make(type, JavaPath.of("result"), !calling);
    }

    private static ResolvedType inFuture(ResolvedType future) {
        if (future.args().isEmpty()) {
            throw new SignatureException("result: CompletableFuture needs a type argument");
        }
        return future.args().get(0);
    }

    /** Of annotations that stand before the declaration, and not before its type, none but this one counts. */
    private static Set<Mark> declared(Annotation[] annotations) {
        return Mark.isNullable(annotations) ? EnumSet.of(Mark.NULLABLE) : Set.of();
    }

    private @Nullable Class<? extends Throwable> error() {
        List<Class<?>> checked = Arrays.stream(method.getGenericExceptionTypes())
                .<Class<?>>map(type -> thrown(resolver.resolve(type)))
                .filter(type -> !RuntimeException.class.isAssignableFrom(type) && !Error.class.isAssignableFrom(type))
                .toList();
        if (checked.size() > 1) {
            throw new SignatureException("throws "
                    + checked.stream().map(Class::getSimpleName).collect(Collectors.joining(", "))
                    + ": a WIT function fails in one way at the most, so one checked exception can stand for it");
        }
        return checked.isEmpty() ? null : checked.get(0).asSubclass(Throwable.class);
    }

    private static Class<?> thrown(ResolvedType type) {
        if (type.unbound() != null) {
            throw new SignatureException("throws " + type.text() + ": nothing says what type " + type.text() + " is");
        }
        return type.raw();
    }

    private static @Nullable ValType typeOf(@Nullable JavaShape shape) {
        return shape == null ? null : shape.type();
    }

    private String describe() {
        return describe(
                method,
                Arrays.stream(method.getParameters())
                        .map(p -> resolver.resolve(p.getAnnotatedType()).text() + " " + p.getName()));
    }

    static String describe(MethodShape shape) {
        return describe(
                shape.method(),
                shape.params().stream().map(p -> ResolvedType.text(p.shape().javaType()) + " " + p.name()));
    }

    private static String describe(Method method, Stream<String> params) {
        return method.getDeclaringClass().getSimpleName() + "." + Names.of(method)
                + params.collect(Collectors.joining(", ", "(", ")"));
    }

    /** On one line where there is one problem. */
    static SignatureException refusal(String what, List<String> problems) {
        return new SignatureException(
                problems.size() == 1 ? what + ": " + problems.get(0) : what + ":\n  " + String.join("\n  ", problems));
    }

    static MethodShape fit(MethodShape shape, FuncType wit) {
        ShapeFit fit = new ShapeFit();
        if (wit.async()) {
            fit.problem("async functions are not supported yet");
        }
        var params = new ArrayList<MethodShape.Param>();
        for (int i = 0; i < Math.min(shape.params().size(), wit.params().size()); i++) {
            MethodShape.Param param = shape.params().get(i);
            params.add(new MethodShape.Param(
                    param.name(), fit.fit(param.shape(), wit.params().get(i).type(), JavaPath.of(param.name()))));
        }
        for (int i = params.size(); i < shape.params().size(); i++) {
            MethodShape.Param extra = shape.params().get(i);
            fit.problem(extra.name() + ": Java has "
                    + ResolvedType.text(extra.shape().javaType()) + " here, WIT has no such parameter");
        }
        for (FuncType.Param missing :
                wit.params().subList(params.size(), wit.params().size())) {
            fit.problem(missing.name() + ": WIT has " + missing.type() + " here (" + JavaWords.of(missing.type())
                    + "), Java has no such parameter");
        }
        JavaShape result = fitResult(shape, wit.result(), fit);
        fit.throwProblems(shape.describe() + " does not fit " + wit);
        return new MethodShape(shape.method(), params, result, shape.error(), wit);
    }

    private static @Nullable JavaShape fitResult(MethodShape shape, @Nullable ValType wit, ShapeFit fit) {
        ValType expected = wit;
        if (shape.error() != null) {
            if (!(wit instanceof ResultType fallible)) {
                fit.problem("result: Java throws " + shape.error().getSimpleName() + ", WIT has "
                        + (wit == null ? "no result" : wit) + ", which never fails");
                return null;
            }
            expected = fallible.ok();
        }
        if (shape.result() == null || expected == null) {
            if (shape.result() != null) {
                fit.problem(
                        "result: Java has " + ResolvedType.text(shape.result().javaType()) + ", WIT has none");
            } else if (expected != null) {
                fit.problem("result: Java has none, WIT has " + expected + " (" + JavaWords.of(expected) + ")");
            }
            return null;
        }
        return fit.fit(shape.result(), expected, JavaPath.of("result"));
    }
}
