package dev.airlock.abi.placed;

import dev.airlock.abi.form.Form;
import dev.airlock.abi.form.HeapCost;
import dev.airlock.abi.form.JavaForms;
import dev.airlock.abi.form.ValueForms;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.mapping.WitType;
import dev.airlock.placement.ManagedClass;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.ManagedList;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.ScalarForm;
import dev.airlock.type.ListType;
import dev.airlock.type.NamedType;
import dev.airlock.type.OptionType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.ValType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the objects of an AssemblyScript guest for the values of a type. Types without such objects are refused. */
public final class ManagedForms implements Form.Visitor<ManagedForm> {
    private static final MethodHandle SAME = MethodHandles.identity(Object.class);
    private static final String JSON =
            "; if the guest has it as JSON in a string, say so: payload(\"JSON\") in the convention, or --payload json";

    private final ManagedClasses classes;
    private final boolean goingIn;

    private ManagedForms(ManagedClasses classes, boolean goingIn) {
        this.classes = classes;
        this.goingIn = goingIn;
    }

    /**
     * Returns the form of a value that crosses as objects.
     *
     * @throws SignatureException if the guest has no classes for it; the message says what to do
     */
    static ManagedForm of(Carrier.Block block, ManagedClasses classes, boolean goingIn) {
        Form form = form(block);
        ManagedForm managed = form.accept(new ManagedForms(classes, goingIn));
        return goingIn ? managed : new ManagedForm.Whole(managed, HeapCost.of(form));
    }

    private static Form form(Carrier.Block block) {
        if (block.type() instanceof JavaShape shape) {
            try {
                return new JavaForms().of(shape);
            } catch (SignatureException e) {
                throw new SignatureException(e.getMessage() + JSON, e);
            }
        } else if (block.type() instanceof WitType wit) {
            return new ValueForms().of(wit.type());
        }
        throw new IllegalArgumentException("nothing says what " + block.type() + " is in WIT");
    }

    /** Returns the class of a list of numbers that goes into a guest. */
    static ManagedClass listToMake(Carrier.Block block, ManagedClasses classes) {
        ValType type = type(block);
        PrimitiveType element =
                type instanceof ListType list && list.element() instanceof PrimitiveType primitive ? primitive : null;
        return new ManagedChoice(classes, type == null ? block.javaType().getSimpleName() : type.toString())
                .numbers(block.form(), element, null);
    }

    private static @Nullable ValType type(Carrier.Block block) {
        return block.type() instanceof JavaShape shape
                ? shape.type()
                : block.type() instanceof WitType wit ? wit.type() : null;
    }

    /** Returns the classes of a list of numbers that comes out. */
    static List<ManagedClass> listsToRead(BlockForm form, ManagedClasses classes) {
        List<ManagedClass> lists = classes.lists(form);
        if (lists.isEmpty()) {
            throw new SignatureException("no class of the guest is a list of "
                    + form.javaType().getComponentType() + "s: "
                    + (classes.table().isEmpty()
                            ? "compile it with --exportRuntime, so that it says what its classes are"
                            : "it has none that is, say, " + "Array<"
                                    + ManagedClasses.numbers(form).get(0) + ">"));
        }
        return lists;
    }

    private SignatureException refuse(ValType type, String why) {
        return new SignatureException(
                type + " cannot " + (goingIn ? "go into" : "come out of") + " the guest as an object: " + why + JSON);
    }

    @Override
    public ManagedForm visitScalar(Form.Scalar form) {
        throw refuse(form.type(), "a number is no object, and so it is never null in AssemblyScript");
    }

    @Override
    public ManagedForm visitCoded(Form.Coded form) {
        throw refuse(
                form.type(),
                form.cases() > 0
                        ? "an enum is a number, and so it is never null in AssemblyScript"
                        : "AssemblyScript has no such type");
    }

    @Override
    public ManagedForm visitText(Form.Text form) {
        return new ManagedForm.Text(classes.string());
    }

    @Override
    public ManagedForm visitArray(Form.Array form) {
        if (form.form() == Form.Elements.CHARS) {
            throw refuse(form.type(), "AssemblyScript has no such type");
        }
        boolean bools = form.form() == Form.Elements.BOOLS;
        BlockForm block = blockOf(form.form());
        List<ManagedClass> lists = numbers(block, form.type(), bools ? ManagedList.ARRAY : null);
        return new ManagedForm.Numbers(block, bools, lists);
    }

    private static BlockForm blockOf(Form.Elements elements) {
        return switch (elements) {
            case BYTES, BOOLS -> BlockForm.BYTES;
            case SHORTS -> BlockForm.SHORTS;
            case INTS, CHARS -> BlockForm.INTS;
            case LONGS -> BlockForm.LONGS;
            case FLOATS -> BlockForm.FLOATS;
            case DOUBLES -> BlockForm.DOUBLES;
        };
    }

    private List<ManagedClass> numbers(BlockForm block, ListType type, @Nullable ManagedList list) {
        PrimitiveType element = type.element() instanceof PrimitiveType primitive ? primitive : null;
        if (goingIn) {
            return List.of(new ManagedChoice(classes, type.toString()).numbers(block, element, list));
        }
        List<ManagedClass> lists = listsToRead(block, classes);
        return element == PrimitiveType.BOOL
                ? lists.stream()
                        .filter(c -> c.list() == ManagedList.ARRAY || c.list() == ManagedList.STATIC_ARRAY)
                        .toList()
                : lists;
    }

    @Override
    public ManagedForm visitSequence(Form.Sequence form) {
        if (!(form.type() instanceof ListType type)) {
            throw refuse(form.type(), "how a Map lies in memory is AssemblyScript's own affair");
        }
        if (form.length() >= 0) {
            throw refuse(type, "AssemblyScript has no lists of fixed length");
        }
        MethodHandle parts = generic(form.parts(), Object[].class, Object.class);
        MethodHandle make = generic(form.make(), Object.class, Object[].class);
        ManagedSlot slot = slot(form.element());
        if (slot != null) {
            return new ManagedForm.Boxes(
                    slot, numbers(slot.block(), type, ManagedList.ARRAY), HeapCost.ofElement(form), parts, make);
        }
        ManagedForm element = form.element().accept(this);
        if (!goingIn) {
            return new ManagedForm.Objects(element, listsOfObjects(type), HeapCost.ofElement(form), parts, make);
        } else if (type.element() != PrimitiveType.STRING) {
            throw refuse(type, "lists that go in are of numbers or strings");
        }
        ManagedClass strings = new ManagedChoice(classes, type.toString()).strings();
        return new ManagedForm.Objects(element, List.of(strings), 0, parts, make);
    }

    private List<ManagedClass> listsOfObjects(ListType type) {
        List<ManagedClass> lists = classes.listsOfObjects();
        if (lists.isEmpty()) {
            throw refuse(
                    type,
                    classes.table().isEmpty()
                            ? "compile the guest with --exportRuntime, so that it says what its classes are"
                            : "the guest has no Array of objects");
        }
        return lists;
    }

    @Override
    public ManagedForm visitProduct(Form.Product form) {
        if (goingIn) {
            throw refuse(
                    form.type(),
                    "objects of a class are made by its constructor, which is the guest's; pass what they are made of,"
                            + " one parameter each");
        }
        var fields = new ArrayList<ManagedForm.Field>();
        int end = 0;
        boolean pointerFree = true;
        for (Form.Part part : form.parts()) {
            ManagedSlot slot = slot(part.form());
            int size = slot == null ? ManagedReader.POINTER : slot.size();
            int offset = (end + size - 1) & -size;
            fields.add(new ManagedForm.Field(
                    part.name(), offset, slot, slot == null ? part.form().accept(this) : null));
            end = offset + size;
            pointerFree &= slot != null;
        }
        String name = form.javaType().isRecord() ? form.javaType().getSimpleName() : className(form.type());
        List<Integer> possible = classes.objects(name, pointerFree);
        if (possible.isEmpty()) {
            throw refuse(
                    form.type(),
                    "no class of the guest has such fields, as far as it says what its classes are: have it export the"
                            + " number of the one it is, as in `export const " + (name == null ? "Point" : name)
                            + ManagedClasses.NUMBER + " = idof<" + (name == null ? "Point" : name) + ">();`");
        }
        return new ManagedForm.Fields(
                name == null ? "an object" : name, end, possible, fields, ofParts(form.make(), fields.size()));
    }

    /** Converts a name to AssemblyScript's style: {@code OrderLine} for {@code order-line}. */
    private static @Nullable String className(ValType type) {
        String label = type instanceof NamedType named ? named.name() : null;
        return label == null
                ? null
                : Arrays.stream(label.split("-"))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    /** Returns a handle that takes all arguments at once. */
    private static MethodHandle ofParts(MethodHandle make, int count) {
        boolean spread = make.type().parameterCount() != 1 || make.type().parameterType(0) != Object[].class;
        return generic(
                spread ? make.asType(make.type().generic()).asSpreader(Object[].class, count) : make,
                Object.class,
                Object[].class);
    }

    private static MethodHandle generic(MethodHandle handle, Class<?> result, Class<?>... params) {
        return handle.asType(MethodType.methodType(result, params));
    }

    @Override
    public ManagedForm visitSum(Form.Sum form) {
        if (!(form.type() instanceof OptionType type)) {
            throw refuse(form.type(), "AssemblyScript has no such type");
        }
        Form some = Objects.requireNonNull(form.cases().get(1).payload());
        if (type.payload() instanceof OptionType) {
            throw refuse(type, "null in AssemblyScript is one thing, and this is two");
        }
        return new ManagedForm.Option(
                some.accept(this),
                named(form.number(), int.class),
                generic(Objects.requireNonNull(form.cases().get(1).get()), Object.class, Object.class),
                generic(form.cases().get(0).make(), Object.class),
                generic(form.cases().get(1).make(), Object.class, Object.class),
                form.nullable());
    }

    /** {@code (Object value, String name)}: some need the name, for errors. */
    private static MethodHandle named(MethodHandle handle, Class<?> result) {
        MethodHandle all =
                handle.type().parameterCount() == 1 ? MethodHandles.dropArguments(handle, 1, String.class) : handle;
        return generic(all, result, Object.class, String.class);
    }

    @Override
    public ManagedForm visitHandle(Form.Handle form) {
        throw refuse(form.type(), "core modules have no resources");
    }

    @Override
    public ManagedForm visitWrapped(Form.Wrapped form) {
        return new ManagedForm.Wrapped(
                form.inner().accept(this),
                named(form.unwrap(), Object.class),
                generic(form.wrap(), Object.class, Object.class));
    }

    /** Returns the number that a value is; null if it is none. */
    private @Nullable ManagedSlot slot(Form form) {
        if (form instanceof Form.Scalar scalar && scalar.form() != ScalarForm.CHAR) {
            return new ManagedSlot(scalar.form(), scalar.javaType(), 0, SAME, SAME);
        } else if (form instanceof Form.Scalar scalar) {
            throw refuse(scalar.type(), "AssemblyScript has no such type");
        } else if (form instanceof Form.Coded coded && coded.cases() > 0) {
            return new ManagedSlot(
                    ScalarForm.ENUM,
                    int.class,
                    coded.cases(),
                    generic(coded.object(), Object.class, Object.class),
                    generic(coded.number(), Object.class, Object.class));
        } else if (form instanceof Form.Wrapped wrapped && wrapped.inner() instanceof Form.Scalar) {
            ManagedSlot inner = Objects.requireNonNull(slot(wrapped.inner()));
            return new ManagedSlot(
                    inner.form(),
                    inner.type(),
                    0,
                    generic(wrapped.wrap(), Object.class, Object.class),
                    generic(wrapped.unwrap(), Object.class, Object.class));
        }
        return null;
    }

    /**
     * Checks that a block can cross, before anything is made of it.
     *
     * @throws SignatureException if the guest has no classes for it; the message says what to do
     */
    public static void check(Carrier.Block block, ManagedClasses classes, boolean goingIn) {
        if (block.form() == BlockForm.OBJECTS) {
            of(block, classes, goingIn);
        } else if (!Planner.isText(block.form()) && block.form() != BlockForm.PAYLOAD && goingIn) {
            listToMake(block, classes);
        } else if (!Planner.isText(block.form()) && block.form() != BlockForm.PAYLOAD) {
            listsToRead(block.form(), classes);
        }
    }
}
