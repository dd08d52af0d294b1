package dev.airlock.abi.canonical;

import dev.airlock.abi.Step;
import dev.airlock.abi.canonical.CanonicalLowering.Flat;
import dev.airlock.abi.canonical.CanonicalLowering.Pending;
import dev.airlock.abi.canonical.CanonicalLowering.Target;
import dev.airlock.abi.canonical.CanonicalStep.Side;
import dev.airlock.abi.form.BridgedTypes;
import dev.airlock.abi.form.Budget;
import dev.airlock.abi.form.HeapCost;
import dev.airlock.abi.form.Layout;
import dev.airlock.abi.form.LayoutFlattening;
import dev.airlock.codegen.Register;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.shape.ScalarForm;
import dev.airlock.type.CoreValType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Plans how values go from one guest straight to another: they are read in place, checked, and written to an image of
 * what the other gets. No Java object is made of them, and what needs no change is copied as it is.
 */
final class CanonicalBridging {
    private final Registers registers;
    private final Side from;
    private final Side to;
    private final StringEncoding read;
    private final StringEncoding written;
    private final String source;
    private final List<Step> opening = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private @Nullable Register memory;
    private @Nullable Register budget;
    private int nesting;

    /** Whether there may be more than one string or list. */
    private boolean several;

    CanonicalBridging(Registers registers, Side from, StringEncoding read, StringEncoding written, String source) {
        this.registers = registers;
        this.from = from;
        this.to = from == Side.CALLER ? Side.CALLEE : Side.CALLER;
        this.read = read;
        this.written = written;
        this.source = source;
    }

    /** Returns the steps that come before all that has been planned by now. */
    List<Step> opening() {
        return opening;
    }

    /** Returns the steps that come when all has been read. */
    List<Step> placing() {
        return pending.stream()
                .<Step>map(p -> new CanonicalStep.On(to, (CanonicalStep) p.step()))
                .toList();
    }

    private Register memory() {
        if (memory == null) {
            memory = registers.of("memory", LinearMemory.class);
            opening.add(new CanonicalStep.On(from, new LiftingStep.View(memory)));
        }
        return memory;
    }

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

    private String what(String path) {
        return path + " of " + source;
    }

    /** Plans values that are core numbers on both sides. */
    List<Register> flat(List<? extends ValType> types, List<String> names, List<Register> flats, List<Step> out) {
        several = StringsAndLists.areSeveral(types);
        var rest = new ArrayDeque<>(flats);
        var moved = new ArrayList<Register>();
        for (int i = 0; i < names.size(); i++) {
            flats(types.get(i), rest, names.get(i), out, false).forEach(flat -> moved.add(flat.core()));
        }
        return moved;
    }

    /** Plans values that lie in memory on both sides. Returns their image. */
    Register tuple(List<? extends ValType> types, List<String> names, Register pointer, List<Step> out) {
        several = StringsAndLists.areSeveral(types);
        Layout layout = Layout.of(new TupleType(List.copyOf(types)));
        String what = names.size() == 1 ? names.get(0) : "parameters";
        out.add(new LiftingStep.CheckArea(memory(), pointer, layout.size(), layout.alignment(), what(what)));
        Register one = registers.ofInt("one");
        Register start = registers.ofInt("start");
        Register image = registers.of("image", Image.class);
        out.add(new CanonicalStep.Number(one, 1));
        out.add(new Step.Clear(start));
        out.add(new LoweringStep.Stage(image, one, layout.size(), layout.alignment(), what));
        int[] offsets = Layout.offsets(types);
        for (int i = 0; i < offsets.length; i++) {
            move(
                    types.get(i),
                    new Source(pointer, offsets[i]),
                    new Target(image, start, offsets[i]),
                    names.get(i),
                    out);
        }
        return image;
    }

    /** Plans the same, and returns a pointer to it. */
    Register spilled(List<? extends ValType> types, List<String> names, Register pointer, List<Step> out) {
        Register image = tuple(types, names, pointer, out);
        Register placed = registers.ofInt("ptr");
        int align = Layout.alignmentOf(new TupleType(List.copyOf(types)));
        pending.add(new Pending.Block(placed, image, align, false, new ArrayList<>()));
        return placed;
    }

    /** The place of a value in memory. */
    private record Source(Register pointer, int offset) {
        Source plus(int more) {
            return new Source(pointer, offset + more);
        }
    }

    private List<Flat> flats(ValType type, Deque<Register> flats, String path, List<Step> out, boolean optional) {
        if (type instanceof PrimitiveType primitive && primitive != PrimitiveType.STRING) {
            return List.of(new Flat(scalar(primitive, flats.removeFirst(), path, out)));
        } else if (type instanceof FlagsType flags) {
            return List.of(new Flat(bits(flags, flats.removeFirst(), out)));
        } else if (BridgedTypes.isHandle(type)) {
            return handle(type, flats.removeFirst(), out, optional);
        }
        List<@Nullable ValType> cases = BridgedTypes.cases(type);
        if (cases != null) {
            return variant(type, cases, flats, path, out, optional);
        }
        List<ValType> parts = BridgedTypes.parts(type);
        if (parts != null) {
            var moved = new ArrayList<Flat>();
            for (int i = 0; i < parts.size(); i++) {
                moved.addAll(flats(parts.get(i), flats, path + BridgedTypes.names(type, i), out, optional));
            }
            return moved;
        }
        Register pointer = flats.removeFirst();
        Register count = flats.removeFirst();
        Moved moved = block(type, pointer, count, path, out);
        Register placed = registers.ofInt("ptr");
        Pending waits = new Pending.Block(placed, moved.block(), moved.align(), optional, new ArrayList<>());
        if (optional) {
            opening.add(new Step.Clear(moved.block()));
            opening.add(new Step.Clear(placed));
        }
        pending.add(waits);
        return List.of(new Flat(placed, List.of(waits)), new Flat(moved.count()));
    }

    private void move(ValType type, Source source, Target target, String path, List<Step> out) {
        if (type instanceof PrimitiveType primitive && primitive != PrimitiveType.STRING) {
            int width = Layout.sizeOf(type);
            Register core = get("core", BridgedTypes.scalar(primitive).core().carrier(), source, 0, width, out);
            put(scalar(primitive, core, path, out), target, width, out);
        } else if (type instanceof FlagsType flags) {
            int width = Layout.sizeOf(type);
            put(bits(flags, get("core", int.class, source, 0, width, out), out), target, width, out);
        } else if (BridgedTypes.isHandle(type)) {
            Register representation = lift(type, get("handle", int.class, source, 0, 4, out), out);
            out.add(new CanonicalStep.On(
                    to,
                    new LoweringStep.AttachHandle(
                            target.image(),
                            target.base(),
                            target.offset(),
                            representation,
                            CanonicalLowering.resource(type),
                            type instanceof OwnType)));
        } else if (type instanceof ListType list && list.fixedLength() != null) {
            Register count = registers.ofInt("count");
            out.add(new CanonicalStep.Number(count, list.fixedLength()));
            each(list.element(), source, target, count, path, out);
        } else if (BridgedTypes.cases(type) != null) {
            variant(type, Objects.requireNonNull(BridgedTypes.cases(type)), source, target, path, out);
        } else if (BridgedTypes.parts(type) != null) {
            List<ValType> parts = Objects.requireNonNull(BridgedTypes.parts(type));
            int[] offsets = Layout.offsets(parts);
            for (int i = 0; i < offsets.length; i++) {
                move(
                        parts.get(i),
                        source.plus(offsets[i]),
                        target.plus(offsets[i]),
                        path + BridgedTypes.names(type, i),
                        out);
            }
        } else {
            Register pointer = get("ptr", int.class, source, 0, 4, out);
            Register count = get("count", int.class, source, 4, 4, out);
            Moved moved = block(type, pointer, count, path, out);
            out.add(new LoweringStep.Attach(
                    target.image(), target.base(), target.offset(), moved.block(), moved.count(), moved.align()));
        }
    }

    /** A string or list on its way. */
    private record Moved(Register block, Register count, int align) {}

    private Moved block(ValType type, Register pointer, Register count, String path, List<Step> out) {
        if (type == PrimitiveType.STRING) {
            Register block = registers.of("text", Transcoded.class);
            Register units = registers.ofInt("units");
            out.add(new LiftingStep.Transcode(
                    block, units, memory(), pointer, count, read, written, budget(), nesting > 0, what(path)));
            return new Moved(block, units, written.alignment());
        }
        ValType element = type instanceof ListType list
                ? list.element()
                : new TupleType(List.of(((MapType) type).key(), ((MapType) type).value()));
        Layout layout = Layout.of(element);
        boolean plain = BridgedTypes.isPlain(element);
        out.add(new LiftingStep.CheckList(
                memory(),
                pointer,
                count,
                layout.size(),
                layout.alignment(),
                plain ? 0 : HeapCost.plus(layout.size(), HeapCost.ofMoved(element)),
                budget(),
                nesting > 0,
                what(path)));
        if (plain) {
            Register block = registers.of("slice", Object.class);
            out.add(new LiftingStep.Slice(block, memory(), pointer, count, layout.size()));
            return new Moved(block, count, layout.alignment());
        }
        Register image = registers.of("image", Image.class);
        Register start = registers.ofInt("start");
        out.add(new LoweringStep.Stage(image, count, layout.size(), layout.alignment(), path));
        out.add(new Step.Clear(start));
        each(element, new Source(pointer, 0), new Target(image, start, 0), count, path, out);
        return new Moved(image, count, layout.alignment());
    }

    private void each(ValType element, Source source, Target target, Register count, String path, List<Step> out) {
        Register index = registers.ofInt("index");
        Register there = registers.ofInt("from");
        Register here = registers.ofInt("at");
        int size = Layout.sizeOf(element);
        var body = new ArrayList<Step>();
        body.add(new LoweringStep.Offset(there, source.pointer(), index, size));
        body.add(new LoweringStep.Offset(here, target.base(), index, size));
        nesting++;
        move(
                element,
                new Source(there, source.offset()),
                new Target(target.image(), here, target.offset()),
                path + "[]",
                body);
        nesting--;
        out.add(new CanonicalStep.Each(index, count, path + "[]", body));
    }

    private Register get(String name, Class<?> type, Source source, int more, int width, List<Step> out) {
        Register core = registers.of(name, type);
        out.add(new LiftingStep.Get(core, memory(), source.pointer(), source.offset() + more, width));
        return core;
    }

    private void put(Register core, Target target, int width, List<Step> out) {
        out.add(new LoweringStep.Put(target.image(), target.base(), target.offset(), core, width));
    }

    /** Plans a number that is brought into range, or checked to be in range. */
    private Register scalar(PrimitiveType type, Register core, String path, List<Step> out) {
        ScalarForm form = BridgedTypes.scalar(type);
        Register clean = core;
        if (type == PrimitiveType.F32 || type == PrimitiveType.F64) {
            clean = registers.of("clean", core.type());
            out.add(new CanonicalStep.OneNan(clean, core));
        }
        Register value = registers.value(path, form.javaType());
        Register number = registers.of("core", core.type());
        out.add(new Step.Lift(value, clean, form));
        out.add(new Step.Lower(number, value, form));
        return number;
    }

    private Register bits(FlagsType type, Register core, List<Step> out) {
        int count = type.flags().size();
        if (count == Integer.SIZE) {
            return core;
        }
        Register bits = registers.ofInt("bits");
        out.add(new CanonicalStep.Mask(bits, core, (1 << count) - 1));
        return bits;
    }

    private Register lift(ValType type, Register handle, List<Step> out) {
        Register representation = registers.of("rep", Object.class);
        out.add(new CanonicalStep.On(
                from,
                new LiftingStep.LiftHandle(
                        representation, handle, CanonicalLowering.resource(type), type instanceof OwnType)));
        return representation;
    }

    private List<Flat> handle(ValType type, Register handle, List<Step> out, boolean optional) {
        Register representation = lift(type, handle, out);
        Register lowered = registers.ofInt("handle");
        Pending waits = new Pending.Handle(
                lowered,
                representation,
                CanonicalLowering.resource(type),
                type instanceof OwnType,
                optional,
                new ArrayList<>());
        if (optional) {
            opening.add(new Step.Clear(representation));
            opening.add(new Step.Clear(lowered));
        }
        pending.add(waits);
        return List.of(new Flat(lowered, List.of(waits)));
    }

    private List<Flat> variant(
            ValType type,
            List<@Nullable ValType> cases,
            Deque<Register> flats,
            String path,
            List<Step> out,
            boolean optional) {
        Register number = flats.removeFirst();
        out.add(new CanonicalStep.CheckCase(number, cases.size(), what(path)));
        List<CoreValType> types = Objects.requireNonNull(LayoutFlattening.flatten(type, Integer.MAX_VALUE));
        var given = new ArrayList<Register>();
        var slots = new ArrayList<Flat>();
        for (CoreValType slotType : types.subList(1, types.size())) {
            given.add(flats.removeFirst());
            Register slot = registers.of("slot", slotType.carrier());
            slots.add(new Flat(slot, new ArrayList<>()));
            if (optional) {
                opening.add(new Step.Clear(slot));
            }
        }
        var bodies = new ArrayList<List<Step>>();
        var names = new ArrayList<String>();
        for (int i = 0; i < cases.size(); i++) {
            names.add(Integer.toString(i));
            bodies.add(body(cases.get(i), given, slots, path + "." + i));
        }
        if (!slots.isEmpty()) {
            out.add(new CanonicalStep.Match(number, names, bodies));
        }
        slots.add(0, new Flat(number));
        return slots;
    }

    private List<Step> body(@Nullable ValType payload, List<Register> given, List<Flat> slots, String path) {
        var body = new ArrayList<Step>();
        int filled = 0;
        if (payload != null) {
            var own = new ArrayDeque<Register>();
            List<CoreValType> wanted = Objects.requireNonNull(LayoutFlattening.flatten(payload, Integer.MAX_VALUE));
            for (int i = 0; i < wanted.size(); i++) {
                Register core = registers.of("core", wanted.get(i).carrier());
                body.add(new CanonicalStep.Convert(core, given.get(i)));
                own.add(core);
            }
            for (Flat flat : flats(payload, own, path, body, true)) {
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

    private void variant(
            ValType type, List<@Nullable ValType> cases, Source source, Target target, String path, List<Step> out) {
        int width = Layout.discriminantSize(cases.size());
        Register number = get("number", int.class, source, 0, width, out);
        out.add(new CanonicalStep.CheckCase(number, cases.size(), what(path)));
        put(number, target, width, out);
        int inside = Layout.payloadOffset(cases.size(), type.parts());
        var bodies = new ArrayList<List<Step>>();
        var names = new ArrayList<String>();
        for (int i = 0; i < cases.size(); i++) {
            var body = new ArrayList<Step>();
            ValType payload = cases.get(i);
            if (payload != null) {
                move(payload, source.plus(inside), target.plus(inside), path + "." + i, body);
            }
            names.add(Integer.toString(i));
            bodies.add(body);
        }
        if (bodies.stream().anyMatch(body -> !body.isEmpty())) {
            out.add(new CanonicalStep.Match(number, names, bodies));
        }
    }
}
