package dev.airlock.abi.canonical;

import dev.airlock.abi.Step;
import dev.airlock.abi.form.Form;
import dev.airlock.abi.form.Layout;
import dev.airlock.abi.form.LayoutFlattening;
import dev.airlock.codegen.Register;
import dev.airlock.type.BorrowType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Plans how Java values go into a guest.
 *
 * <p>There are two halves. The first takes values apart, and everything that can fail in Java fails there: numbers end
 * up in registers, and what is to lie in memory in arrays and {@link Image}s. The second asks the guest for room, in
 * the specification's order, and fills it.
 */
final class CanonicalLowering {
    private final Registers registers;
    private final StringEncoding encoding;
    private final List<Step> clearing = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();

    CanonicalLowering(Registers registers, StringEncoding encoding) {
        this.registers = registers;
        this.encoding = encoding;
    }

    /** A step of the second half, once the guest has given a pointer or handle. */
    sealed interface Pending {
        List<Step> then();

        Step step();

        record Block(Register pointer, Register block, int align, boolean optional, List<Step> then)
                implements Pending {
            @Override
            public Step step() {
                return new LoweringStep.Place(pointer, block, align, optional, then);
            }
        }

        record Handle(
                Register handle,
                Register representation,
                ResourceType resource,
                boolean own,
                boolean optional,
                List<Step> then)
                implements Pending {
            @Override
            public Step step() {
                return new LoweringStep.LowerHandle(handle, representation, resource, own, optional, then);
            }
        }
    }

    /** A core number, and the step that it waits for. */
    record Flat(Register core, List<Pending> waits) {
        Flat(Register core) {
            this(core, List.of());
        }
    }

    /** Returns the steps that come before the first half: of several cases, most set nothing. */
    List<Step> clearing() {
        return clearing;
    }

    /** Returns the second half of all that has been lowered by now. */
    List<Step> placing() {
        return pending.stream().map(Pending::step).toList();
    }

    /** Plans a value as core numbers. */
    List<Register> flat(Form form, Register value, List<Step> out) {
        return flats(form, value, value.name(), out, false).stream()
                .map(Flat::core)
                .toList();
    }

    /** Plans values side by side in an image of their own. */
    Register tuple(List<Form> forms, List<Register> values, String name, List<Step> out) {
        List<ValType> types = forms.stream().map(Form::type).toList();
        Layout layout = Layout.of(new dev.airlock.type.TupleType(types));
        int[] offsets = Layout.offsets(types);
        Register one = registers.ofInt("one");
        Register base = registers.ofInt("start");
        Register image = registers.of(name, Image.class);
        out.add(new CanonicalStep.Number(one, 1));
        out.add(new Step.Clear(base));
        out.add(new LoweringStep.Stage(image, one, layout.size(), layout.alignment(), name));
        for (int i = 0; i < offsets.length; i++) {
            store(forms.get(i), values.get(i), values.get(i).name(), new Target(image, base, offsets[i]), out);
        }
        return image;
    }

    /** Plans the same, and returns the pointer to it. */
    Register spilled(List<Form> forms, List<Register> values, List<Step> out) {
        Register image = tuple(forms, values, "params", out);
        Register pointer = registers.ofInt("ptr");
        int align = Layout.alignmentOf(
                new dev.airlock.type.TupleType(forms.stream().map(Form::type).toList()));
        pending.add(new Pending.Block(pointer, image, align, false, new ArrayList<>()));
        return pointer;
    }

    private List<Flat> flats(Form form, Register value, String path, List<Step> out, boolean optional) {
        present(form, value, out);
        return form.accept(new FlatVisitor(value, path, out, optional));
    }

    private void store(Form form, Register value, String path, Target target, List<Step> out) {
        present(form, value, out);
        form.accept(new StoreVisitor(value, path, out, target));
    }

    private static void present(Form form, Register value, List<Step> out) {
        boolean checksItself = form instanceof Form.Scalar || form instanceof Form.Text || form instanceof Form.Array;
        boolean nullable = form instanceof Form.Sum sum && sum.nullable();
        if (!checksItself && !nullable && !value.type().isPrimitive()) {
            out.add(new CanonicalStep.Present(value));
        }
    }

    static Class<?> core(CoreValType type) {
        return type.carrier();
    }

    private Register apply(
            String name, Class<?> type, String text, MethodHandle handle, Register value, List<Step> out) {
        Register to = registers.value(name, type);
        out.add(new CanonicalStep.Apply(to, text, named(handle, value.name()), List.of(value)));
        return to;
    }

    /** Operations that may refuse a value take its name. */
    private static MethodHandle named(MethodHandle handle, String name) {
        MethodType type = handle.type();
        return type.parameterCount() == 2 && type.parameterType(1) == String.class
                ? MethodHandles.insertArguments(handle, 1, name)
                : handle;
    }

    private Register part(Form.Part part, Register value, String path, List<Step> out) {
        return apply(
                path + "." + part.name(), part.form().javaType(), part.name() + " of " + value, part.get(), value, out);
    }

    /** The place of a value in an image. */
    record Target(Register image, Register base, int offset) {
        Target plus(int more) {
            return new Target(image, base, offset + more);
        }
    }

    private static boolean owns(ValType type) {
        return type instanceof OwnType;
    }

    static ResourceType resource(ValType type) {
        return type instanceof OwnType own ? own.resource() : ((BorrowType) type).resource();
    }

    private Register number(Form.Sum form, Register value, List<Step> out) {
        return apply(value.name() + "#", int.class, "case of " + value, form.number(), value, out);
    }

    private final class FlatVisitor implements Form.Visitor<List<Flat>> {
        private final Register value;
        private final String path;
        private final List<Step> out;
        private final boolean optional;

        FlatVisitor(Register value, String path, List<Step> out, boolean optional) {
            this.value = value;
            this.path = path;
            this.out = out;
            this.optional = optional;
        }

        private List<Flat> block(Register block, int align, Register count) {
            Register pointer = registers.ofInt("ptr");
            Pending waits = new Pending.Block(pointer, block, align, optional, new ArrayList<>());
            clearIfOptional(block, pointer);
            pending.add(waits);
            return List.of(new Flat(pointer, List.of(waits)), new Flat(count));
        }

        private void clearIfOptional(Register given, Register awaited) {
            if (optional) {
                clearing.add(new Step.Clear(given));
                clearing.add(new Step.Clear(awaited));
            }
        }

        @Override
        public List<Flat> visitScalar(Form.Scalar form) {
            Register core = registers.of("core", core(form.form().core()));
            out.add(new Step.Lower(core, value, form.form()));
            return List.of(new Flat(core));
        }

        @Override
        public List<Flat> visitCoded(Form.Coded form) {
            return List.of(
                    new Flat(apply(value.name() + "#", int.class, "number of " + value, form.number(), value, out)));
        }

        @Override
        public List<Flat> visitText(Form.Text form) {
            Register bytes = registers.of("bytes", Object.class);
            Register count = registers.ofInt("count");
            out.add(new LoweringStep.EncodeText(bytes, count, value, encoding));
            return block(bytes, encoding.alignment(), count);
        }

        @Override
        public List<Flat> visitArray(Form.Array form) {
            Register elements = registers.of("elements", form.form().held());
            Register count = registers.ofInt("count");
            out.add(new LoweringStep.EncodeArray(elements, count, value, form.form()));
            return block(elements, form.form().width(), count);
        }

        @Override
        public List<Flat> visitSequence(Form.Sequence form) {
            if (form.length() < 0) {
                Register count = registers.ofInt("count");
                Register image = sequence(form, value, path, count, out);
                return block(image, Layout.alignmentOf(form.element().type()), count);
            }
            Register array = apply("array", Object[].class, "elements of " + value, form.parts(), value, out);
            Register count = registers.ofInt("count");
            out.add(new CanonicalStep.Length(count, array, form.length(), path));
            var flats = new ArrayList<Flat>();
            for (int i = 0; i < form.length(); i++) {
                String at = path + "[" + i + "]";
                Register index = registers.ofInt("index");
                Register element = registers.value(at, form.element().javaType());
                out.add(new CanonicalStep.Number(index, i));
                out.add(new CanonicalStep.GetElement(element, array, index));
                flats.addAll(flats(form.element(), element, at, out, optional));
            }
            return flats;
        }

        @Override
        public List<Flat> visitProduct(Form.Product form) {
            var flats = new ArrayList<Flat>();
            for (Form.Part part : form.parts()) {
                flats.addAll(flats(part.form(), part(part, value, path, out), path + "." + part.name(), out, optional));
            }
            return flats;
        }

        @Override
        public List<Flat> visitSum(Form.Sum form) {
            Register number = number(form, value, out);
            List<CoreValType> types = Objects.requireNonNull(LayoutFlattening.flatten(form.type(), Integer.MAX_VALUE));
            var slots = new ArrayList<Flat>();
            for (CoreValType type : types.subList(1, types.size())) {
                Register slot = registers.of("slot", core(type));
                slots.add(new Flat(slot, new ArrayList<>()));
                if (optional) {
                    clearing.add(new Step.Clear(slot));
                }
            }
            var bodies = new ArrayList<List<Step>>();
            for (Form.Case one : form.cases()) {
                bodies.add(body(one, slots));
            }
            List<String> names = form.cases().stream().map(Form.Case::name).toList();
            out.add(new CanonicalStep.Match(number, names, bodies));
            slots.add(0, new Flat(number));
            return slots;
        }

        private List<Step> body(Form.Case one, List<Flat> slots) {
            var body = new ArrayList<Step>();
            int filled = 0;
            if (one.payload() != null) {
                String at = path + "." + one.name();
                Register payload = apply(
                        at,
                        one.payload().javaType(),
                        "what " + value + " carries",
                        Objects.requireNonNull(one.get()),
                        value,
                        body);
                for (Flat flat : flats(one.payload(), payload, at, body, true)) {
                    Flat slot = slots.get(filled++);
                    Step convert = new CanonicalStep.Convert(slot.core(), flat.core());
                    body.add(convert);
                    flat.waits().forEach(waits -> waits.then().add(convert));
                    slot.waits().addAll(flat.waits());
                }
            }
            for (; filled < slots.size(); filled++) {
                body.add(new Step.Clear(slots.get(filled).core()));
            }
            return body;
        }

        @Override
        public List<Flat> visitHandle(Form.Handle form) {
            Register representation = represent(form, value, out);
            Register handle = registers.ofInt("handle");
            Pending waits = new Pending.Handle(
                    handle, representation, resource(form.type()), owns(form.type()), optional, new ArrayList<>());
            clearIfOptional(representation, handle);
            pending.add(waits);
            return List.of(new Flat(handle, List.of(waits)));
        }

        @Override
        public List<Flat> visitWrapped(Form.Wrapped form) {
            return flats(form.inner(), unwrap(form, value, path, out), path, out, optional);
        }
    }

    private Register unwrap(Form.Wrapped form, Register value, String path, List<Step> out) {
        return apply(path, form.inner().javaType(), "content of " + value, form.unwrap(), value, out);
    }

    private Register represent(Form.Handle form, Register value, List<Step> out) {
        Register representation = registers.of("rep", Object.class);
        out.add(new LoweringStep.Represent(representation, value, resource(form.type()), owns(form.type())));
        return representation;
    }

    /** Plans the elements of a list in an image of their own. */
    private Register sequence(Form.Sequence form, Register value, String path, Register count, List<Step> out) {
        Register array = apply("array", Object[].class, "elements of " + value, form.parts(), value, out);
        Layout layout = Layout.of(form.element().type());
        Register image = registers.of("image", Image.class);
        out.add(new CanonicalStep.Length(count, array, -1, path));
        out.add(new LoweringStep.Stage(image, count, layout.size(), layout.alignment(), path));
        Register zero = registers.ofInt("start");
        out.add(new Step.Clear(zero));
        each(form, array, count, path, new Target(image, zero, 0), out);
        return image;
    }

    private void each(Form.Sequence form, Register array, Register count, String path, Target target, List<Step> out) {
        var body = new ArrayList<Step>();
        Register index = registers.ofInt("index");
        Register at = registers.ofInt("at");
        Register element = registers.value(path + "[]", form.element().javaType());
        body.add(new CanonicalStep.GetElement(element, array, index));
        body.add(new LoweringStep.Offset(
                at, target.base(), index, Layout.sizeOf(form.element().type())));
        store(form.element(), element, path + "[]", new Target(target.image(), at, target.offset()), body);
        out.add(new CanonicalStep.Each(index, count, path + "[]", body));
    }

    private final class StoreVisitor implements Form.Visitor<Target> {
        private final Register value;
        private final String path;
        private final List<Step> out;
        private final Target target;

        StoreVisitor(Register value, String path, List<Step> out, Target target) {
            this.value = value;
            this.path = path;
            this.out = out;
            this.target = target;
        }

        private void put(Register core, int width) {
            out.add(new LoweringStep.Put(target.image(), target.base(), target.offset(), core, width));
        }

        private void attach(Register block, Register count, int align) {
            out.add(new LoweringStep.Attach(target.image(), target.base(), target.offset(), block, count, align));
        }

        @Override
        public Target visitScalar(Form.Scalar form) {
            Register core = registers.of("core", core(form.form().core()));
            out.add(new Step.Lower(core, value, form.form()));
            put(core, Layout.sizeOf(form.type()));
            return target;
        }

        @Override
        public Target visitCoded(Form.Coded form) {
            put(apply(value.name() + "#", int.class, "number of " + value, form.number(), value, out), form.width());
            return target;
        }

        @Override
        public Target visitText(Form.Text form) {
            Register bytes = registers.of("bytes", Object.class);
            Register count = registers.ofInt("count");
            out.add(new LoweringStep.EncodeText(bytes, count, value, encoding));
            attach(bytes, count, encoding.alignment());
            return target;
        }

        @Override
        public Target visitArray(Form.Array form) {
            Register elements = registers.of("elements", form.form().held());
            Register count = registers.ofInt("count");
            out.add(new LoweringStep.EncodeArray(elements, count, value, form.form()));
            attach(elements, count, form.form().width());
            return target;
        }

        @Override
        public Target visitSequence(Form.Sequence form) {
            Register count = registers.ofInt("count");
            if (form.length() < 0) {
                Register image = sequence(form, value, path, count, out);
                attach(image, count, Layout.alignmentOf(form.element().type()));
            } else {
                Register array = apply("array", Object[].class, "elements of " + value, form.parts(), value, out);
                out.add(new CanonicalStep.Length(count, array, form.length(), path));
                each(form, array, count, path, target, out);
            }
            return target;
        }

        @Override
        public Target visitProduct(Form.Product form) {
            int[] offsets = Layout.offsets(form.types());
            for (int i = 0; i < offsets.length; i++) {
                Form.Part part = form.parts().get(i);
                Register field = part(part, value, path, out);
                store(part.form(), field, path + "." + part.name(), target.plus(offsets[i]), out);
            }
            return target;
        }

        @Override
        public Target visitSum(Form.Sum form) {
            Register number = number(form, value, out);
            put(number, Layout.discriminantSize(form.cases().size()));
            Target inside = target.plus(Layout.payloadOffset(form.cases().size(), form.payloads()));
            var bodies = new ArrayList<List<Step>>();
            for (Form.Case one : form.cases()) {
                var body = new ArrayList<Step>();
                if (one.payload() != null) {
                    String at = path + "." + one.name();
                    Register payload = apply(
                            at,
                            one.payload().javaType(),
                            "what " + value + " carries",
                            Objects.requireNonNull(one.get()),
                            value,
                            body);
                    store(one.payload(), payload, at, inside, body);
                }
                bodies.add(body);
            }
            if (bodies.stream().anyMatch(body -> !body.isEmpty())) {
                List<String> names = form.cases().stream().map(Form.Case::name).toList();
                out.add(new CanonicalStep.Match(number, names, bodies));
            }
            return target;
        }

        @Override
        public Target visitHandle(Form.Handle form) {
            Register representation = represent(form, value, out);
            out.add(new LoweringStep.AttachHandle(
                    target.image(),
                    target.base(),
                    target.offset(),
                    representation,
                    resource(form.type()),
                    owns(form.type())));
            return target;
        }

        @Override
        public Target visitWrapped(Form.Wrapped form) {
            store(form.inner(), unwrap(form, value, path, out), path, target, out);
            return target;
        }
    }
}
