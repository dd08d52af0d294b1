package dev.airlock.abi.canonical;

import dev.airlock.abi.Step;
import dev.airlock.abi.form.Budget;
import dev.airlock.abi.form.Form;
import dev.airlock.abi.form.HeapCost;
import dev.airlock.abi.form.Layout;
import dev.airlock.abi.form.LayoutFlattening;
import dev.airlock.codegen.Register;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.type.CoreValType;
import dev.airlock.type.OwnType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plans how values come out of a guest. Every pointer, count, case and char is checked before it is used. */
final class CanonicalLifting {
    private final Registers registers;
    private final StringEncoding encoding;
    private final String giver;
    private final List<Step> opening = new ArrayList<>();
    private @Nullable Register memory;
    private @Nullable Register budget;
    private int nesting;

    /** Whether there may be more than one string or list. */
    private boolean several;

    /**
     * Starts a plan.
     *
     * @param giver whose values they are, for errors
     */
    CanonicalLifting(Registers registers, StringEncoding encoding, String giver) {
        this.registers = registers;
        this.encoding = encoding;
        this.giver = giver;
    }

    /** Returns the steps that come before all that has been planned by now. */
    List<Step> opening() {
        return opening;
    }

    private Register memory() {
        if (memory == null) {
            memory = registers.of("memory", LinearMemory.class);
            opening.add(new LiftingStep.View(memory));
        }
        return memory;
    }

    /** Returns the budget; null for a string or list that is the only one of the crossing. */
    private @Nullable Register budget() {
        if (!several) {
            return null;
        }
        if (budget == null) {
            Register of = memory();
            budget = registers.of("budget", Budget.class);
            opening.add(new LiftingStep.NewBudget(budget, of));
        }
        return budget;
    }

    /** Plans values out of core numbers. */
    List<Register> flat(List<Form> forms, List<String> names, List<Register> flats, List<Step> out) {
        several = StringsAndLists.areSeveral(forms.stream().map(Form::type).toList());
        var rest = new ArrayDeque<>(flats);
        var values = new ArrayList<Register>();
        for (int i = 0; i < forms.size(); i++) {
            values.add(flat(forms.get(i), rest, names.get(i), out));
        }
        return values;
    }

    /** Plans values that lie side by side where the guest says. */
    List<Register> tuple(List<Form> forms, List<String> names, Register pointer, List<Step> out) {
        List<ValType> types = forms.stream().map(Form::type).toList();
        several = StringsAndLists.areSeveral(types);
        Layout layout = Layout.of(new TupleType(types));
        String what = names.size() == 1 ? names.get(0) : "parameters";
        out.add(new LiftingStep.CheckArea(memory(), pointer, layout.size(), layout.alignment(), what(what)));
        int[] offsets = Layout.offsets(types);
        var values = new ArrayList<Register>();
        for (int i = 0; i < offsets.length; i++) {
            values.add(load(forms.get(i), new Source(pointer, offsets[i]), names.get(i), out));
        }
        return values;
    }

    private String what(String path) {
        return path + " of " + giver;
    }

    private Register flat(Form form, Deque<Register> flats, String path, List<Step> out) {
        return form.accept(new FlatVisitor(flats, path, out));
    }

    private Register load(Form form, Source source, String path, List<Step> out) {
        return form.accept(new LoadVisitor(source, path, out));
    }

    /** The place of a value in memory. */
    private record Source(Register pointer, int offset) {
        Source plus(int more) {
            return new Source(pointer, offset + more);
        }
    }

    private Register scalar(Form.Scalar form, Register core, String path, List<Step> out) {
        Register clean = core;
        if (core.type() == float.class || core.type() == double.class) {
            clean = registers.of("clean", core.type());
            out.add(new CanonicalStep.OneNan(clean, core));
        }
        Register value = registers.value(path, form.javaType());
        out.add(new Step.Lift(value, clean, form.form()));
        return value;
    }

    private Register coded(Form.Coded form, Register core, String path, List<Step> out) {
        Register value = registers.value(path, form.javaType());
        if (form.cases() > 0) {
            out.add(new CanonicalStep.CheckCase(core, form.cases(), what(path)));
        }
        Register number = core;
        if (form.bits() != 0 && form.bits() != -1) {
            number = registers.ofInt("bits");
            out.add(new CanonicalStep.Mask(number, core, form.bits()));
        }
        out.add(new CanonicalStep.Apply(
                value, (form.cases() > 0 ? "case " : "flags ") + number, form.object(), List.of(number)));
        return value;
    }

    private Register text(Register pointer, Register count, String path, List<Step> out) {
        Register value = registers.value(path, String.class);
        out.add(new LiftingStep.DecodeText(
                value, memory(), pointer, count, encoding, budget(), nesting > 0, what(path)));
        return value;
    }

    private Register array(Form.Array form, Register pointer, Register count, String path, List<Step> out) {
        Register value = registers.value(path, form.javaType());
        out.add(new LiftingStep.DecodeArray(
                value, memory(), pointer, count, form.form(), budget(), nesting > 0, what(path)));
        return value;
    }

    private Register sequence(Form.Sequence form, Register pointer, Register count, String path, List<Step> out) {
        Layout layout = Layout.of(form.element().type());
        out.add(new LiftingStep.CheckList(
                memory(),
                pointer,
                count,
                layout.size(),
                layout.alignment(),
                HeapCost.ofElement(form),
                budget(),
                nesting > 0,
                what(path)));
        return each(form, new Source(pointer, 0), count, path, out);
    }

    private Register each(Form.Sequence form, Source source, Register count, String path, List<Step> out) {
        Register array = registers.of("array", Object[].class);
        out.add(new CanonicalStep.NewArray(array, count));
        Register index = registers.ofInt("index");
        Register at = registers.ofInt("at");
        var body = new ArrayList<Step>();
        body.add(new LoweringStep.Offset(
                at, source.pointer(), index, Layout.sizeOf(form.element().type())));
        nesting++;
        Register element = load(form.element(), new Source(at, source.offset()), path + "[]", body);
        nesting--;
        body.add(new CanonicalStep.SetElement(array, index, element));
        out.add(new CanonicalStep.Each(index, count, path + "[]", body));
        return made(path, form.javaType(), "list " + array, form.make(), List.of(array), out);
    }

    private Register made(
            String path, Class<?> type, String text, MethodHandle make, List<Register> parts, List<Step> out) {
        Register value = registers.value(path, type);
        out.add(new CanonicalStep.Apply(value, text, make, parts));
        return value;
    }

    private Register product(Form.Product form, List<Register> parts, String path, List<Step> out) {
        MethodType type = form.make().type();
        String text = form.javaType().getSimpleName() + parts;
        if (type.parameterCount() == 1 && type.parameterType(0) == Object[].class) {
            Register count = registers.ofInt("count");
            Register array = registers.of("array", Object[].class);
            out.add(new CanonicalStep.Number(count, parts.size()));
            out.add(new CanonicalStep.NewArray(array, count));
            for (int i = 0; i < parts.size(); i++) {
                Register index = registers.ofInt("index");
                out.add(new CanonicalStep.Number(index, i));
                out.add(new CanonicalStep.SetElement(array, index, parts.get(i)));
            }
            return made(path, form.javaType(), text, form.make(), List.of(array), out);
        }
        return made(path, form.javaType(), text, form.make(), parts, out);
    }

    /** Plans one body for each case; all set the same register. */
    private Register sum(Form.Sum form, Register number, String path, List<Step> out, PayloadLifter payloads) {
        out.add(new CanonicalStep.CheckCase(number, form.cases().size(), what(path)));
        Register value = registers.value(path, form.javaType());
        var bodies = new ArrayList<List<Step>>();
        for (Form.Case one : form.cases()) {
            var body = new ArrayList<Step>();
            List<Register> args = one.payload() == null
                    ? List.of()
                    : List.of(payloads.lift(one.payload(), path + "." + one.name(), body));
            body.add(new CanonicalStep.Apply(value, one.name() + args, one.make(), args));
            bodies.add(body);
        }
        List<String> names = form.cases().stream().map(Form.Case::name).toList();
        out.add(new CanonicalStep.Match(number, names, bodies));
        return value;
    }

    private interface PayloadLifter {
        Register lift(Form payload, String path, List<Step> body);
    }

    private Register handle(Form.Handle form, Register handle, String path, List<Step> out) {
        boolean own = form.type() instanceof OwnType;
        Register representation = registers.of("rep", Object.class);
        Register value = registers.value(path, form.javaType());
        out.add(new LiftingStep.LiftHandle(representation, handle, CanonicalLowering.resource(form.type()), own));
        out.add(new LiftingStep.Resource(value, representation, CanonicalLowering.resource(form.type()), own));
        return value;
    }

    private Register wrapped(Form.Wrapped form, Register inner, String path, List<Step> out) {
        return made(path, form.javaType(), "value of " + inner, form.wrap(), List.of(inner), out);
    }

    private final class FlatVisitor implements Form.Visitor<Register> {
        private final Deque<Register> flats;
        private final String path;
        private final List<Step> out;

        FlatVisitor(Deque<Register> flats, String path, List<Step> out) {
            this.flats = flats;
            this.path = path;
            this.out = out;
        }

        @Override
        public Register visitScalar(Form.Scalar form) {
            return scalar(form, flats.removeFirst(), path, out);
        }

        @Override
        public Register visitCoded(Form.Coded form) {
            return coded(form, flats.removeFirst(), path, out);
        }

        @Override
        public Register visitText(Form.Text form) {
            Register pointer = flats.removeFirst();
            return text(pointer, flats.removeFirst(), path, out);
        }

        @Override
        public Register visitArray(Form.Array form) {
            Register pointer = flats.removeFirst();
            return array(form, pointer, flats.removeFirst(), path, out);
        }

        @Override
        public Register visitSequence(Form.Sequence form) {
            if (form.length() < 0) {
                Register pointer = flats.removeFirst();
                return sequence(form, pointer, flats.removeFirst(), path, out);
            }
            Register count = registers.ofInt("count");
            Register array = registers.of("array", Object[].class);
            out.add(new CanonicalStep.Number(count, form.length()));
            out.add(new CanonicalStep.NewArray(array, count));
            for (int i = 0; i < form.length(); i++) {
                Register index = registers.ofInt("index");
                Register element = flat(form.element(), flats, path + "[" + i + "]", out);
                out.add(new CanonicalStep.Number(index, i));
                out.add(new CanonicalStep.SetElement(array, index, element));
            }
            return made(path, form.javaType(), "list " + array, form.make(), List.of(array), out);
        }

        @Override
        public Register visitProduct(Form.Product form) {
            var parts = new ArrayList<Register>();
            for (Form.Part part : form.parts()) {
                parts.add(flat(part.form(), flats, path + "." + part.name(), out));
            }
            return product(form, parts, path, out);
        }

        @Override
        public Register visitSum(Form.Sum form) {
            int slots = Objects.requireNonNull(LayoutFlattening.flatten(form.type(), Integer.MAX_VALUE))
                            .size()
                    - 1;
            Register number = flats.removeFirst();
            var joined = new ArrayList<Register>();
            for (int i = 0; i < slots; i++) {
                joined.add(flats.removeFirst());
            }
            return sum(form, number, path, out, (payload, at, body) -> {
                List<CoreValType> wanted =
                        Objects.requireNonNull(LayoutFlattening.flatten(payload.type(), Integer.MAX_VALUE));
                var own = new ArrayDeque<Register>();
                for (int i = 0; i < wanted.size(); i++) {
                    Register slot = joined.get(i);
                    Register core = slot;
                    if (slot.type() != wanted.get(i).carrier()) {
                        core = registers.of("core", wanted.get(i).carrier());
                        body.add(new CanonicalStep.Convert(core, slot));
                    }
                    own.add(core);
                }
                return flat(payload, own, at, body);
            });
        }

        @Override
        public Register visitHandle(Form.Handle form) {
            return handle(form, flats.removeFirst(), path, out);
        }

        @Override
        public Register visitWrapped(Form.Wrapped form) {
            return wrapped(form, flat(form.inner(), flats, path, out), path, out);
        }
    }

    private final class LoadVisitor implements Form.Visitor<Register> {
        private final Source source;
        private final String path;
        private final List<Step> out;

        LoadVisitor(Source source, String path, List<Step> out) {
            this.source = source;
            this.path = path;
            this.out = out;
        }

        private Register get(String name, Class<?> type, int more, int width) {
            Register core = registers.of(name, type);
            out.add(new LiftingStep.Get(core, memory(), source.pointer(), source.offset() + more, width));
            return core;
        }

        @Override
        public Register visitScalar(Form.Scalar form) {
            Class<?> core = CanonicalLowering.core(form.form().core());
            return scalar(form, get("core", core, 0, Layout.sizeOf(form.type())), path, out);
        }

        @Override
        public Register visitCoded(Form.Coded form) {
            return coded(form, get("core", int.class, 0, form.width()), path, out);
        }

        @Override
        public Register visitText(Form.Text form) {
            Register pointer = get("ptr", int.class, 0, 4);
            return text(pointer, get("count", int.class, 4, 4), path, out);
        }

        @Override
        public Register visitArray(Form.Array form) {
            Register pointer = get("ptr", int.class, 0, 4);
            return array(form, pointer, get("count", int.class, 4, 4), path, out);
        }

        @Override
        public Register visitSequence(Form.Sequence form) {
            if (form.length() < 0) {
                Register pointer = get("ptr", int.class, 0, 4);
                return sequence(form, pointer, get("count", int.class, 4, 4), path, out);
            }
            // Within a list it is part of what each element takes.
            if (nesting == 0) {
                out.add(new LiftingStep.CheckLifted(memory(), HeapCost.of(form), budget(), what(path)));
            }
            Register count = registers.ofInt("count");
            out.add(new CanonicalStep.Number(count, form.length()));
            return each(form, source, count, path, out);
        }

        @Override
        public Register visitProduct(Form.Product form) {
            int[] offsets = Layout.offsets(form.types());
            var parts = new ArrayList<Register>();
            for (int i = 0; i < offsets.length; i++) {
                Form.Part part = form.parts().get(i);
                parts.add(load(part.form(), source.plus(offsets[i]), path + "." + part.name(), out));
            }
            return product(form, parts, path, out);
        }

        @Override
        public Register visitSum(Form.Sum form) {
            Register number = get(
                    "number", int.class, 0, Layout.discriminantSize(form.cases().size()));
            Source inside = source.plus(Layout.payloadOffset(form.cases().size(), form.payloads()));
            return sum(form, number, path, out, (payload, at, body) -> load(payload, inside, at, body));
        }

        @Override
        public Register visitHandle(Form.Handle form) {
            return handle(form, get("handle", int.class, 0, 4), path, out);
        }

        @Override
        public Register visitWrapped(Form.Wrapped form) {
            return wrapped(form, load(form.inner(), source, path, out), path, out);
        }
    }
}
