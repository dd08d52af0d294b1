package dev.airlock.abi.canonical;

import dev.airlock.abi.form.CanonicalTypes;
import dev.airlock.abi.form.Layout;
import dev.airlock.abi.form.LayoutFlattening;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.FuncType;
import dev.airlock.type.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A guest written in Java: a memory, an allocator that only moves on, a table of handles. Its functions are Java
 * methods, by handle.
 *
 * <p>Handles are numbers from 1; the table says as {@code resource:object} what each stands for.
 */
public final class FakeGuest extends CanonicalContext {
    static final int START = 16;

    /** {@code (CanonicalContext) -> CanonicalContext}: from a guest to the one that it calls. */
    public static final MethodHandle OTHER =
            handle(FakeGuest.class, "other", CanonicalContext.class, CanonicalContext.class);

    public final LinearMemory memory;
    private @Nullable FakeGuest other;
    /** What happened, in order. */
    public final List<String> log = new ArrayList<>();

    private final List<@Nullable Entry> table = new ArrayList<>(Collections.singletonList(null));
    private final List<List<Runnable>> scopes = new ArrayList<>();
    private int next = START;
    /** Changes the pointers that the allocator returns. */
    IntUnaryOperator mischief = IntUnaryOperator.identity();

    /** Whether each block lies in memory that was grown for it. */
    boolean growing;

    public FakeGuest() {
        this(4);
    }

    public FakeGuest(int pages) {
        this(LinearMemory.create(pages, 65_536, false));
    }

    public FakeGuest(LinearMemory memory) {
        this.memory = memory;
    }

    public FakeGuest other() {
        if (other == null) {
            other = new FakeGuest(1);
        }
        return other;
    }

    public static CanonicalContext other(CanonicalContext guest) {
        return ((FakeGuest) guest).other();
    }

    private record Entry(int resource, Object object, boolean own, int[] lends) {}

    int alloc(int align, int size) {
        if (growing) {
            next = (int) memory.pages() << 16;
            memory.grow(1 + (size >>> 16));
        }
        int pointer = (next + align - 1) & -align;
        next = pointer + size;
        while (Integer.toUnsignedLong(next) > memory.size()) {
            if (memory.grow(1) < 0) {
                throw new Trap(TrapCode.UNREACHABLE, "the fake guest has no memory left", List.of(), null);
            }
        }
        return pointer;
    }

    int end() {
        return next;
    }

    static int realloc(CanonicalContext context, int old, int oldSize, int align, int size) {
        FakeGuest guest = (FakeGuest) context;
        guest.log.add("realloc " + align + " " + size + (guest.mayLeave() ? ", may leave" : ""));
        int pointer = guest.alloc(align, size);
        byte[] bytes = guest.memory.bytes();
        System.arraycopy(bytes, old, bytes, pointer, Math.min(oldSize, size));
        return guest.mischief.applyAsInt(pointer);
    }

    public static LinearMemory memory(CanonicalContext context) {
        return ((FakeGuest) context).memory;
    }

    static void postReturn(CanonicalContext context, @Nullable Object[] results) {
        FakeGuest guest = (FakeGuest) context;
        guest.log.add("post-return " + List.of(results) + (guest.mayLeave() ? ", may leave" : ""));
    }

    static MethodHandle handle(Class<?> owner, String name, Class<?> result, Class<?>... params) {
        try {
            return MethodHandles.lookup().findStatic(owner, name, MethodType.methodType(result, params));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the ways into fake guests, with this function. */
    public static CanonicalFunctions functions(MethodHandle target) {
        return new CanonicalFunctions(
                target,
                handle(FakeGuest.class, "memory", LinearMemory.class, CanonicalContext.class),
                handle(
                        FakeGuest.class,
                        "realloc",
                        int.class,
                        CanonicalContext.class,
                        int.class,
                        int.class,
                        int.class,
                        int.class),
                null,
                type -> type.name().length());
    }

    /** Returns the same with a function that is called after each call and logs its arguments. */
    static CanonicalFunctions withPostReturn(CanonicalFunctions functions, CoreFuncType type) {
        List<Class<?>> params = new ArrayList<>();
        params.add(CanonicalContext.class);
        type.results().forEach(r -> params.add(r.carrier()));
        MethodHandle post = handle(FakeGuest.class, "postReturn", void.class, CanonicalContext.class, Object[].class)
                .asCollector(Object[].class, type.results().size())
                .asType(MethodType.methodType(void.class, params));
        return new CanonicalFunctions(
                functions.target(), functions.memory(), functions.realloc(), post, functions.resource());
    }

    /**
     * Makes an export of an import: a core function that calls {@code lowered}, with a return area of its own if one is
     * needed, and returns its result.
     */
    static MethodHandle forwarding(FuncType type, MethodHandle lowered) {
        CoreFuncType core = CanonicalTypes.lowered(type);
        if (!LayoutFlattening.resultsInMemory(type) || type.result() == null) {
            return lowered;
        }
        Layout layout = Layout.of(type.result());
        int params = core.params().size();
        MethodHandle area = MethodHandles.insertArguments(
                handle(FakeGuest.class, "area", int.class, CanonicalContext.class, int.class, int.class),
                1,
                layout.alignment(),
                layout.size());
        // (context, params…, ret) -> void, then ret.
        List<Class<?>> inner = lowered.type().parameterList();
        MethodHandle returning =
                MethodHandles.dropArguments(MethodHandles.identity(int.class), 0, inner.subList(0, params));
        MethodHandle both = MethodHandles.foldArguments(returning, lowered);
        return MethodHandles.foldArguments(
                MethodHandles.permuteArguments(
                        both,
                        MethodType.methodType(int.class, inner.subList(0, params))
                                .insertParameterTypes(0, int.class),
                        order(params)),
                area);
    }

    private static int[] order(int params) {
        int[] order = new int[params + 1];
        for (int i = 0; i < params; i++) {
            order[i] = i + 1;
        }
        order[params] = 0;
        return order;
    }

    static int area(CanonicalContext context, int align, int size) {
        return ((FakeGuest) context).alloc(align, size);
    }

    int give(ResourceType type, Object object) {
        return lowerOwn(type.name().length(), object);
    }

    @Override
    public Object fromJava(int resource, Object value, boolean own, String name) {
        if (value.equals("closed")) {
            throw new ValueException(name + ": is closed");
        }
        return value;
    }

    @Override
    public Object toJava(int resource, Object representation, boolean own, Class<?> javaType) {
        return representation;
    }

    @Override
    public int lowerOwn(int resource, Object representation) {
        table.add(new Entry(resource, representation, true, new int[1]));
        log.add("own " + representation);
        return table.size() - 1;
    }

    @Override
    public Object liftOwn(int resource, int handle) {
        Entry entry = entry(resource, handle);
        if (!entry.own() || entry.lends()[0] > 0) {
            throw new Trap(TrapCode.BAD_VALUE, "handle " + handle + " is lent or borrowed", List.of(), null);
        }
        table.set(handle, null);
        return entry.object();
    }

    private Entry entry(int resource, int handle) {
        Entry entry = handle > 0 && handle < table.size() ? table.get(handle) : null;
        if (entry == null || entry.resource() != resource) {
            throw new Trap(TrapCode.BAD_VALUE, "unknown handle " + handle, List.of(), null);
        }
        return entry;
    }

    @Override
    public int lowerBorrow(int resource, Object representation) {
        table.add(new Entry(resource, representation, false, new int[1]));
        log.add("borrow " + representation);
        int handle = table.size() - 1;
        scopes.get(scopes.size() - 1).add(() -> {
            if (table.get(handle) != null) {
                throw new Trap(TrapCode.BAD_VALUE, "borrow handles still remain", List.of(), null);
            }
        });
        return handle;
    }

    @Override
    public Object liftBorrow(int resource, int handle) {
        Entry entry = entry(resource, handle);
        entry.lends()[0]++;
        scopes.get(scopes.size() - 1).add(() -> entry.lends()[0]--);
        return entry.object();
    }

    void drop(int handle) {
        table.set(handle, null);
    }

    @Override
    public void beginScope() {
        scopes.add(new ArrayList<>());
        log.add("begin");
    }

    @Override
    public void endScope() {
        scopes.remove(scopes.size() - 1).forEach(Runnable::run);
        log.add("end");
    }

    @Override
    public void taken() {
        log.add("taken");
    }

    @Override
    public void beginGiving() {
        log.add("giving");
    }

    @Override
    public void endGiving() {
        log.add("given");
    }
}
