package dev.airlock.component.run;

import dev.airlock.engine.Caller;
import dev.airlock.engine.Entry;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.MethodShape;
import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Java method that implements an import. It is called with Java types, never with {@link Value}s. */
public final class HostMethod implements HostFunc {
    private final Class<?> owner;
    private final Method method;
    private final @Nullable Object host;

    /** @param host the receiver; null for a resource's method, whose receiver is the first argument */
    public HostMethod(Class<?> owner, Method method, @Nullable Object host) {
        this.owner = owner;
        this.method = method;
        this.host = host;
    }

    /** Returns the method's shape, matched to the function's type. */
    public MethodShape shape(FuncType type) {
        if (List.of(method.getParameterTypes()).contains(Caller.class)) {
            throw new SignatureException(owner.getSimpleName() + "." + method.getName()
                    + " takes a Caller, which gives access to the memory and exports of a calling core module; a"
                    + " component hides its core modules, so remove the Caller");
        }
        MethodShape shape = MethodShape.serving(owner, method);
        return host == null ? ofResource(shape, type, owner) : shape.fit(type);
    }

    /** For errors. */
    public String text() {
        return owner.getSimpleName() + "." + method.getName();
    }

    /** {@code (P...) -> R} */
    public MethodHandle target() {
        if (host != null) {
            return Entry.methodOf(host, method);
        }
        MethodHandle target = Entry.methodOf(method);
        return target.asType(target.type().changeParameterType(0, owner));
    }

    @Override
    public @Nullable Value call(FuncType type, List<Value> args) {
        throw new SignatureException(
                method + " implements an import with Java types, so it cannot be called with values");
    }

    /** Returns the shape of a resource's method, matched to the function without its first parameter, the receiver. */
    public static MethodShape ofResource(MethodShape shape, FuncType type, Class<?> self) {
        MethodShape rest =
                shape.fit(new FuncType(type.params().subList(1, type.params().size()), type.result(), type.async()));
        var params = new ArrayList<MethodShape.Param>();
        params.add(new MethodShape.Param(
                "self", new JavaShape.ResourceShape(type.params().get(0).type(), self)));
        params.addAll(rest.params());
        return new MethodShape(rest.method(), params, rest.result(), rest.error(), type);
    }
}
