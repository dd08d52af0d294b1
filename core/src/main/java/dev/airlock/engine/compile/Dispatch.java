package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.JvmCode;
import dev.airlock.engine.compile.jvm.Signature;
import dev.airlock.engine.validate.DefinedType;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * Methods that a module's functions share: calls of functions that are not known before they are called. They are asked for
 * while functions are compiled, by any thread, and made at the end.
 */
final class Dispatch {
    private static final int METHODS_PER_CLASS = 64;

    private static final String HANDLE = "java/lang/invoke/MethodHandle";

    private final ModulePlan plan;

    /** What makes each method, by what it is for; its place gives the method's class and name. */
    private final Map<Place, Consumer<Place>> makers = new TreeMap<>();

    private final SharedClasses classes;
    private final SlotSwitch slots;
    private final BitSet pendingFunctions = new BitSet();
    private final BitSet pendingTypes = new BitSet();

    /** The first types with the same signature, with the same parameters, and that are the same; made when first needed. */
    private @Nullable Map<Object, Integer> firstIndices;

    /** Where a method is. Its name depends on what it is for alone, so code is the same however many threads compile. */
    private record Place(String owner, String name) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byOwner = owner.compareTo(other.owner);
            return byOwner != 0 ? byOwner : name.compareTo(other.name);
        }
    }

    Dispatch(ModulePlan plan, CompileBudget budget) {
        this.plan = plan;
        classes = new SharedClasses(budget);
        slots = new SlotSwitch(plan, classes);
    }

    /**
     * @param what what the method does
     * @param number a type for which it does that
     */
    private synchronized Place place(String what, int number, Consumer<Place> maker) {
        var place = new Place(ModulePlan.PACKAGE + "Calls" + number / METHODS_PER_CLASS, what + "\u00B7" + number);
        makers.putIfAbsent(place, maker);
        return place;
    }

    private record Params(String carriers) {}

    /** Returns the first type that is the same in some respect: a signature, parameters or a type. */
    private synchronized int first(Object same) {
        Map<Object, Integer> known = firstIndices;
        if (known == null) {
            known = new HashMap<>();
            for (int i = 0; i < plan.module().typeCount(); i++) {
                DefinedType type = plan.module().type(i);
                known.putIfAbsent(type, i);
                if (type.kind() == DefinedType.Kind.FUNC) {
                    known.putIfAbsent(plan.signature(i), i);
                    known.putIfAbsent(new Params(plan.signature(i).params()), i);
                }
            }
            firstIndices = known;
        }
        return Objects.requireNonNull(known.get(same));
    }

    /** On the JVM's stack: arguments, a FuncRef, the instance. */
    void callFunction(JvmCode code, Signature signature) {
        Place place = place("callFunction", first(signature), made -> function(made, signature));
        code.invokeStatic(place.owner(), place.name(), functionDescriptor(signature));
    }

    private static String functionDescriptor(Signature signature) {
        return signature.descriptor(ModulePlan.FUNC_REF_TYPE + ModulePlan.STATE_TYPE);
    }

    /** On the JVM's stack: arguments, an index, the instance. */
    void callTable(JvmCode code, int type, int table) {
        // Types that are the same share the method.
        int first = firstOf(type);
        Place place = place("callTable" + table, first, made -> table(made, first, table));
        code.invokeStatic(place.owner(), place.name(), tableDescriptor(type, table));
    }

    private String tableDescriptor(int type, int table) {
        return plan.signature(type).descriptor((plan.module().table64(table) ? "J" : "I") + plan.instanceType());
    }

    private int firstOf(int type) {
        return first(plan.module().type(type));
    }

    /** On the JVM's stack: arguments, a reference, the instance. */
    void callReference(JvmCode code, int type) {
        int first = firstOf(type);
        Place place = place("callReference", first, made -> reference(made, first));
        code.invokeStatic(place.owner(), place.name(), referenceDescriptor(type));
    }

    private String referenceDescriptor(int type) {
        return plan.signature(type).descriptor("Ljava/lang/Object;" + plan.instanceType());
    }

    /** On the JVM's stack an index, which is replaced by the function at it. */
    void lookUp(JvmCode code, int instance, int type, int table, char index) {
        loadType(code, instance, type);
        loadTable(code, instance, table);
        code.invokeStatic(
                ModulePlan.RUNTIME + "TableOperators",
                "callee",
                "(" + index + "Ldev/airlock/engine/validate/DefinedType;" + ModulePlan.TABLE_TYPE + ")"
                        + ModulePlan.FUNC_REF_TYPE);
    }

    /** On the JVM's stack: values, the index of a tag, the instance. */
    void makeException(JvmCode code, Signature signature) {
        Signature values = new Signature(signature.params(), "");
        Place place = place("exception", first(new Params(signature.params())), made -> exception(made, values));
        code.invokeStatic(place.owner(), place.name(), exceptionDescriptor(values));
    }

    private static String exceptionDescriptor(Signature values) {
        String all = values.descriptor("I" + ModulePlan.STATE_TYPE);
        return all.substring(0, all.length() - 1) + "L" + ModulePlan.EXCEPTION + ";";
    }

    synchronized void mayPend(int function) {
        pendingFunctions.set(function);
    }

    synchronized void mayPendReference(int type) {
        pendingTypes.set(type);
    }

    /** Pushes the instance and calls what is pending; leaves what that returns. */
    void callPending(JvmCode code, int instance, Signature signature) {
        String returned = signature.returned();
        Place place = place("callPending" + returned.charAt(0), 0, made -> pending(made, returned));
        code.load('L', instance);
        code.invokeStatic(place.owner(), place.name(), "(" + plan.instanceType() + ")" + returned);
    }

    /** Makes all methods. Bodies are compiled by then: {@code tails} are the functions that may leave a call pending. */
    synchronized Map<String, byte[]> finish(BitSet tails) {
        bodies = tails;
        Set<Place> done = new HashSet<>();
        while (done.size() < makers.size()) {
            // Makers may ask for more.
            for (Place place : List.copyOf(makers.keySet())) {
                if (done.add(place)) {
                    Objects.requireNonNull(makers.get(place)).accept(place);
                }
            }
        }
        return classes.finish();
    }

    private BitSet bodies = new BitSet();

    private JvmCode method(Place place, String descriptor) {
        return classes.method(place.owner(), place.name(), descriptor);
    }

    /** Loads the parameters of a method of this type, unless they are in the spill. Returns the local after them. */
    static int loadParameters(JvmCode code, Signature signature) {
        int local = 0;
        if (!signature.isWide()) {
            for (char carrier : signature.params().toCharArray()) {
                if (carrier == 'V') {
                    code.load('J', local);
                    code.load('J', local + 2);
                } else {
                    code.load(carrier, local);
                }
                local += Signature.slots(carrier);
            }
        }
        return local;
    }

    static int afterParameters(Signature signature) {
        return signature.isWide() ? 0 : Signature.slots(signature.params());
    }

    static void returned(JvmCode code, Signature signature) {
        code.visitInsn(SpillCode.returnInstruction(signature.returnCarrier()));
    }

    private void function(Place place, Signature signature) {
        JvmCode code = method(place, functionDescriptor(signature));
        int function = afterParameters(signature);
        code.load('L', function);
        code.invokeVirtual(ModulePlan.FUNC_REF, "handle", "()L" + HANDLE + ";");
        loadParameters(code, signature);
        code.load('L', function);
        code.load('L', function + 1);
        code.invokeVirtual(HANDLE, "invokeExact", functionDescriptor(signature));
        returned(code, signature);
        classes.end(code);
    }

    private void table(Place place, int type, int table) {
        Signature signature = plan.signature(type);
        JvmCode code = method(place, tableDescriptor(type, table));
        boolean is64 = plan.module().table64(table);
        int index = afterParameters(signature);
        int instance = index + (is64 ? 2 : 1);
        char carrier = is64 ? 'J' : 'I';
        code.load(carrier, index);
        loadTable(code, instance, table);
        code.load('L', instance);
        code.invokeStatic(
                ModulePlan.RUNTIME + "TableOperators",
                "slot",
                "(" + carrier + ModulePlan.TABLE_TYPE + ModulePlan.STATE_TYPE + ")I");
        slots.cases(code, type, instance, table == 0);
        code.load(carrier, index);
        lookUp(code, instance, type, table, carrier);
        int reference = instance + 1;
        code.store('L', reference);
        callLoaded(code, signature, reference, instance);
        classes.end(code);
    }

    /** Calls the function in a local, which no label follows. */
    private void callLoaded(JvmCode code, Signature signature, int reference, int instance) {
        loadParameters(code, signature);
        code.load('L', reference);
        code.load('L', instance);
        callFunction(code, signature);
        returned(code, signature);
    }

    private void reference(Place place, int type) {
        Signature signature = plan.signature(type);
        JvmCode code = method(place, referenceDescriptor(type));
        int reference = afterParameters(signature);
        int instance = reference + 1;
        code.load('L', reference);
        code.load('L', instance);
        code.invokeStatic(ModulePlan.FUNC_REF, "slotIn", "(Ljava/lang/Object;" + ModulePlan.STATE_TYPE + ")I");
        slots.cases(code, type, instance, true);
        code.load('L', reference);
        code.visitTypeInsn(Opcodes.CHECKCAST, ModulePlan.FUNC_REF);
        code.store('L', instance + 1);
        callLoaded(code, signature, instance + 1, instance);
        classes.end(code);
    }

    private void exception(Place place, Signature values) {
        JvmCode code = method(place, exceptionDescriptor(values));
        int tag = afterParameters(values);
        int numbers = 0;
        int references = 0;
        for (char carrier : values.params().toCharArray()) {
            numbers += carrier == 'V' ? 2 : carrier == 'L' ? 0 : 1;
            references += carrier == 'L' ? 1 : 0;
        }
        code.load('I', tag);
        code.load('L', tag + 1);
        if (values.isWide()) {
            code.pushInt(numbers);
            code.pushInt(references);
            code.invokeStatic(
                    ModulePlan.EXCEPTION,
                    "ofSpill",
                    "(I" + ModulePlan.STATE_TYPE + "II)L" + ModulePlan.EXCEPTION + ";");
            code.visitInsn(Opcodes.ARETURN);
            classes.end(code);
            return;
        }
        code.pushInt(numbers);
        code.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
        fill(code, values.params(), false);
        code.pushInt(references);
        code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        fill(code, values.params(), true);
        code.invokeStatic(
                ModulePlan.EXCEPTION,
                "make",
                "(I" + ModulePlan.STATE_TYPE + "[J[Ljava/lang/Object;)L" + ModulePlan.EXCEPTION + ";");
        code.visitInsn(Opcodes.ARETURN);
        classes.end(code);
    }

    /** Fills the array on the JVM's stack with the numbers, or the references, among the parameters. */
    private static void fill(JvmCode code, String carriers, boolean references) {
        int local = 0;
        int place = 0;
        for (char carrier : carriers.toCharArray()) {
            if ((carrier == 'L') == references) {
                for (int half = 0; half <= (carrier == 'V' ? 2 : 0); half += 2) {
                    code.visitInsn(Opcodes.DUP);
                    code.pushInt(place++);
                    code.load(carrier == 'V' ? 'J' : carrier, local + half);
                    if (!references) {
                        SpillCode.toBits(code, carrier);
                    }
                    code.visitInsn(references ? Opcodes.AASTORE : Opcodes.LASTORE);
                }
            }
            local += Signature.slots(carrier);
        }
    }

    private void pending(Place place, String returned) {
        BitSet targets = (BitSet) pendingFunctions.clone();
        pendingTypes.stream()
                .forEach(type -> plan.slots().ranges().forEach((defined, range) -> {
                    if (defined.isSubtypeOf(plan.module().type(type))) {
                        for (int slot = range.first(); slot < range.end(); slot++) {
                            targets.set(plan.slots().functionAt(slot));
                        }
                    }
                }));
        int[] functions = targets.stream()
                .filter(function -> plan.signatureOf(function).returned().equals(returned))
                .toArray();
        new PendingSwitch(plan, classes, bodies, returned).make(place.owner(), place.name(), functions);
    }

    private static void loadType(JvmCode code, int instance, int type) {
        code.load('L', instance);
        code.getField(ModulePlan.STATE, "types", "[Ldev/airlock/engine/validate/DefinedType;");
        code.pushInt(type);
        code.visitInsn(Opcodes.AALOAD);
    }

    private static void loadTable(JvmCode code, int instance, int table) {
        code.load('L', instance);
        code.getField(ModulePlan.STATE, "tables", "[" + ModulePlan.TABLE_TYPE);
        code.pushInt(table);
        code.visitInsn(Opcodes.AALOAD);
    }
}
