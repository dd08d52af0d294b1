package dev.airlock.abi.canonical;

import dev.airlock.abi.Plan;
import dev.airlock.abi.ScalarEmitter;
import dev.airlock.abi.Step;
import dev.airlock.abi.form.Budget;
import dev.airlock.codegen.Register;
import dev.airlock.error.ValueException;
import dev.airlock.memory.Interruption;
import dev.airlock.memory.LinearMemory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a plan of the canonical ABI step by step, registers in a map. Generated code is measured against it. */
final class CanonicalInterpreter {
    private final Plan plan;
    private final Sides sides;

    CanonicalInterpreter(Plan plan, Sides sides) {
        this.plan = plan;
        this.sides = sides;
    }

    /** Of the type that {@link CanonicalCompiler#compile} gives. */
    static MethodHandle handle(Plan plan, Sides sides) {
        int params = plan.params().size() + 1;
        try {
            return MethodHandles.lookup()
                    .findVirtual(CanonicalInterpreter.class, "run", MethodType.methodType(Object.class, Object[].class))
                    .bindTo(new CanonicalInterpreter(plan, sides))
                    .asCollector(Object[].class, params)
                    .asType(CanonicalCompiler.type(plan));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("our own method is missing", e);
        }
    }

    @Nullable
    Object run(@Nullable Object[] args) throws Throwable {
        return new Run((CanonicalContext) Objects.requireNonNull(args[0])).run(args);
    }

    /** The state of one run. */
    private final class Run {
        private CanonicalContext context;
        private CanonicalFunctions functions = sides.caller();
        private final Map<Register, @Nullable Object> values = new HashMap<>();

        Run(CanonicalContext context) {
            this.context = context;
        }

        @Nullable
        Object run(@Nullable Object[] args) throws Throwable {
            for (int i = 0; i < plan.params().size(); i++) {
                values.put(plan.params().get(i), args[i + 1]);
            }
            run(plan.steps());
            return plan.result() == null ? null : values.get(plan.result());
        }

        private void run(List<Step> steps) throws Throwable {
            for (Step step : steps) {
                step(step);
            }
        }

        private int number(Register register) {
            return (int) object(register);
        }

        private Object object(Register register) {
            return Objects.requireNonNull(values.get(register), register.name());
        }

        private void set(Register register, @Nullable Object value) {
            values.put(register, value);
        }

        private LinearMemory memory(Register register) {
            return (LinearMemory) object(register);
        }

        private LinearMemory memory() throws Throwable {
            return (LinearMemory)
                    Objects.requireNonNull(functions.memory(), "no memory").invoke(context);
        }

        private @Nullable Budget budget(@Nullable Register register) {
            return register == null ? null : (Budget) object(register);
        }

        private @Nullable Object invoke(MethodHandle handle, boolean withContext, List<Register> args)
                throws Throwable {
            var all = new ArrayList<@Nullable Object>();
            if (withContext) {
                all.add(context);
            }
            args.forEach(arg -> all.add(values.get(arg)));
            return handle.invokeWithArguments(all);
        }

        private void step(Step step) throws Throwable {
            if (step instanceof CanonicalStep.On s) {
                on(s);
            } else if (step instanceof Step.Lower s) {
                set(s.core(), ScalarEmitter.lower(s, values.get(s.value())));
            } else if (step instanceof Step.Lift s) {
                set(s.value(), ScalarEmitter.lift(s, object(s.core()), plan.giver()));
            } else if (step instanceof CanonicalStep.Apply s) {
                set(s.to(), invoke(s.handle(), false, s.args()));
            } else if (step instanceof CanonicalStep.Present s) {
                CanonicalOperations.present(values.get(s.value()), s.value().path());
            } else if (step instanceof CanonicalStep.Clear s) {
                set(s.to(), s.to().type().isPrimitive() ? Array.get(Array.newInstance(s.to().type(), 1), 0) : null);
            } else if (step instanceof CanonicalStep.Number s) {
                set(s.to(), s.value());
            } else if (step instanceof CanonicalStep.Convert s) {
                set(s.to(), convert(object(s.from()), s.to().type()));
            } else if (step instanceof CanonicalStep.Mask s) {
                set(s.to(), number(s.from()) & s.bits());
            } else if (step instanceof CanonicalStep.OneNan s) {
                Object from = object(s.from());
                set(
                        s.to(),
                        from instanceof Float number
                                ? (Object) CanonicalOperations.oneNan((float) number)
                                : (Object) CanonicalOperations.oneNan((double) from));
            } else if (step instanceof CanonicalStep.CheckCase s) {
                CanonicalOperations.checkCase(number(s.number()), s.cases(), s.what());
            } else if (step instanceof CanonicalStep.Match s) {
                run(s.bodies().get(number(s.number()) - s.first()));
            } else if (step instanceof CanonicalStep.Each s) {
                for (int i = 0; i < number(s.count()); i++) {
                    set(s.index(), i);
                    try {
                        run(s.body());
                    } catch (ValueException e) {
                        throw CanonicalOperations.at(e, s.path(), i);
                    }
                    if ((i & Interruption.ELEMENTS) == Interruption.ELEMENTS) {
                        Interruption.check();
                    }
                }
            } else if (step instanceof CanonicalStep.NewArray s) {
                set(s.array(), new Object[number(s.count())]);
            } else if (step instanceof CanonicalStep.SetElement s) {
                ((Object[]) object(s.array()))[number(s.index())] = values.get(s.value());
            } else if (step instanceof CanonicalStep.GetElement s) {
                set(s.value(), ((Object[]) object(s.array()))[number(s.index())]);
            } else if (step instanceof CanonicalStep.Length s) {
                set(s.count(), CanonicalOperations.length((Object[]) object(s.array()), s.fixed(), s.name()));
            } else {
                lowering(step);
            }
        }

        private void on(CanonicalStep.On step) throws Throwable {
            CanonicalContext before = context;
            if (step.side() == CanonicalStep.Side.CALLEE) {
                functions = sides.callee();
                context = (CanonicalContext)
                        Objects.requireNonNull(sides.calleeOf()).invoke(before);
            }
            step(step.step());
            functions = sides.caller();
            context = before;
        }

        private Object convert(Object from, Class<?> type) {
            long bits = from instanceof Float number
                    ? Integer.toUnsignedLong(Float.floatToRawIntBits(number))
                    : from instanceof Double number
                            ? Double.doubleToRawLongBits(number)
                            : from instanceof Integer number ? Integer.toUnsignedLong(number) : (long) from;
            if (type == long.class) {
                return bits;
            } else if (type == double.class) {
                return Double.longBitsToDouble(bits);
            }
            return type == float.class ? (Object) Float.intBitsToFloat((int) bits) : (Object) (int) bits;
        }

        private void lowering(Step step) throws Throwable {
            if (step instanceof LoweringStep.EncodeText s) {
                String text = (String) values.get(s.value());
                Object bytes = LoweringOperations.encodeText(
                        text, context, s.encoding(), s.value().path());
                set(s.bytes(), bytes);
                set(s.count(), LoweringOperations.countText(bytes, s.encoding()));
            } else if (step instanceof LoweringStep.EncodeArray s) {
                Object elements = encode(s);
                set(s.elements(), elements);
                set(s.count(), Array.getLength(elements));
            } else if (step instanceof LoweringStep.Stage s) {
                set(s.image(), Image.of(number(s.count()), s.size(), s.name()));
            } else if (step instanceof LoweringStep.Offset s) {
                set(s.to(), number(s.base()) + number(s.index()) * s.size());
            } else if (step instanceof LoweringStep.Put s) {
                put((Image) object(s.image()), number(s.base()) + s.offset(), object(s.core()), s.width());
            } else if (step instanceof LoweringStep.Attach s) {
                Image image = (Image) object(s.image());
                image.attach(number(s.base()) + s.offset(), object(s.block()), number(s.count()), s.align());
            } else if (step instanceof LoweringStep.AttachHandle s) {
                Image image = (Image) object(s.image());
                int resource = functions.resource().applyAsInt(s.resource());
                image.attachHandle(number(s.base()) + s.offset(), object(s.representation()), resource, s.own());
            } else if (step instanceof LoweringStep.Represent s) {
                int resource = functions.resource().applyAsInt(s.resource());
                set(
                        s.representation(),
                        context.fromJava(
                                resource, object(s.value()), s.own(), s.value().path()));
            } else if (step instanceof LoweringStep.Place s) {
                if (!s.optional() || values.get(s.block()) != null) {
                    set(
                            s.pointer(),
                            LoweringOperations.place(
                                    realloc(), memory(), context, object(s.block()), s.align(), plan.name()));
                    run(s.then());
                }
            } else if (step instanceof LoweringStep.PlaceAt s) {
                LinearMemory memory = memory();
                int pointer = number(s.pointer());
                String what = "the return area of " + plan.name();
                CanonicalOperations.checkArea(memory, pointer, s.size(), s.align(), what);
                LoweringOperations.fill(
                        functions.realloc() == null ? null : realloc(),
                        memory,
                        context,
                        pointer,
                        object(s.image()),
                        plan.name());
            } else if (step instanceof LoweringStep.LowerHandle s) {
                if (!s.optional() || values.get(s.representation()) != null) {
                    int resource = functions.resource().applyAsInt(s.resource());
                    set(
                            s.handle(),
                            LoweringOperations.lowerHandle(context, resource, s.own(), object(s.representation())));
                    run(s.then());
                }
            } else {
                calling(step);
            }
        }

        private MethodHandle realloc() {
            return Objects.requireNonNull(functions.realloc(), "no realloc").asType(CanonicalOperations.REALLOC);
        }

        private Object encode(LoweringStep.EncodeArray step) {
            Object value = values.get(step.value());
            String name = step.value().path();
            return switch (step.form()) {
                case BYTES -> LoweringOperations.encodeBytes(value, name);
                case BOOLS -> LoweringOperations.encodeBools((boolean[]) value, name);
                case SHORTS, INTS, LONGS, FLOATS, DOUBLES, CHARS ->
                    LoweringOperations.limited(value, step.form().width(), name);
            };
        }

        private void put(Image image, int at, Object core, int width) {
            if (core instanceof Float number) {
                image.putFloat(at, number);
            } else if (core instanceof Double number) {
                image.putDouble(at, number);
            } else if (core instanceof Long number) {
                image.putLong(at, number);
            } else if (width == 1) {
                image.putByte(at, (int) core);
            } else if (width == 2) {
                image.putShort(at, (int) core);
            } else {
                image.putInt(at, (int) core);
            }
        }

        private void calling(Step step) throws Throwable {
            if (step instanceof CallStep.CallCore s) {
                Object result = invoke(functions.target(), true, s.args());
                s.results().forEach(register -> set(register, result));
            } else if (step instanceof Step.CallJava s) {
                Object result = invoke(functions.target(), false, s.args());
                if (s.result() != null) {
                    set(s.result(), result);
                }
            } else if (step instanceof CallStep.PostReturn s) {
                if (functions.postReturn() != null) {
                    context.mayLeave(false);
                    invoke(functions.postReturn(), true, s.args());
                    context.mayLeave(true);
                }
            } else if (step instanceof CallStep.MayLeave) {
                CanonicalOperations.mayLeave(context, plan.name());
            } else if (step instanceof CallStep.Ownership s) {
                switch (s.change()) {
                    case TAKEN -> context.taken();
                    case GIVING -> context.beginGiving();
                    case GIVEN -> context.endGiving();
                }
            } else if (step instanceof CallStep.Scope s) {
                if (s.begins()) {
                    context.beginScope();
                } else {
                    context.endScope();
                }
            } else {
                lifting(step);
            }
        }

        private void lifting(Step step) throws Throwable {
            if (step instanceof LiftingStep.View s) {
                set(s.memory(), memory());
            } else if (step instanceof LiftingStep.NewBudget s) {
                set(s.budget(), new Budget(memory(s.memory())));
            } else if (step instanceof LiftingStep.CheckArea s) {
                LiftingOperations.checkLifted(memory(s.memory()), number(s.pointer()), s.size(), s.align(), s.what());
            } else if (step instanceof LiftingStep.CheckList s) {
                LiftingOperations.checkList(
                        memory(s.memory()),
                        number(s.pointer()),
                        number(s.count()),
                        s.size(),
                        s.align(),
                        s.each(),
                        budget(s.budget()),
                        s.nested(),
                        s.what());
            } else if (step instanceof LiftingStep.CheckLifted s) {
                LiftingOperations.checkLifted(memory(s.memory()), s.heap(), budget(s.budget()), s.what());
            } else if (step instanceof LiftingStep.Get s) {
                set(
                        s.core(),
                        get(
                                memory(s.memory()),
                                number(s.pointer()) + s.offset(),
                                s.core().type(),
                                s.width()));
            } else if (step instanceof LiftingStep.DecodeText s) {
                set(
                        s.value(),
                        LiftingOperations.decodeText(
                                memory(s.memory()),
                                number(s.pointer()),
                                number(s.count()),
                                s.encoding(),
                                budget(s.budget()),
                                s.nested(),
                                s.what()));
            } else if (step instanceof LiftingStep.DecodeArray s) {
                set(s.value(), decode(s));
            } else if (step instanceof LiftingStep.Slice s) {
                set(s.block(), Slice.of(memory(s.memory()), number(s.pointer()), number(s.count()), s.size()));
            } else if (step instanceof LiftingStep.Transcode s) {
                Transcoded text = Transcoded.of(
                        memory(s.memory()),
                        number(s.pointer()),
                        number(s.count()),
                        s.from(),
                        s.to(),
                        budget(s.budget()),
                        s.nested(),
                        s.what());
                set(s.block(), text);
                set(s.units(), text.units());
            } else if (step instanceof LiftingStep.LiftHandle s) {
                int resource = functions.resource().applyAsInt(s.resource());
                set(s.representation(), LiftingOperations.liftHandle(context, resource, s.own(), number(s.handle())));
            } else if (step instanceof LiftingStep.Resource s) {
                int resource = functions.resource().applyAsInt(s.resource());
                set(
                        s.value(),
                        context.toJava(
                                resource,
                                object(s.representation()),
                                s.own(),
                                s.value().type()));
            } else {
                throw new IllegalStateException("no step of the canonical ABI: " + step);
            }
        }

        private Object get(LinearMemory memory, int at, Class<?> core, int width) {
            if (core == long.class) {
                return memory.readLong(at);
            } else if (core == float.class) {
                return memory.readFloat(at);
            } else if (core == double.class) {
                return memory.readDouble(at);
            }
            return width == 1
                    ? LiftingOperations.getByte(memory, at)
                    : width == 2 ? LiftingOperations.getShort(memory, at) : memory.readInt(at);
        }

        private Object decode(LiftingStep.DecodeArray step) {
            LinearMemory memory = memory(step.memory());
            int pointer = number(step.pointer());
            int count = number(step.count());
            Budget budget = budget(step.budget());
            String what = step.what();
            return switch (step.form()) {
                case BYTES -> LiftingOperations.decodeBytes(memory, pointer, count, budget, step.nested(), what);
                case SHORTS -> LiftingOperations.decodeShorts(memory, pointer, count, budget, step.nested(), what);
                case INTS -> LiftingOperations.decodeInts(memory, pointer, count, budget, step.nested(), what);
                case LONGS -> LiftingOperations.decodeLongs(memory, pointer, count, budget, step.nested(), what);
                case FLOATS -> LiftingOperations.decodeFloats(memory, pointer, count, budget, step.nested(), what);
                case DOUBLES -> LiftingOperations.decodeDoubles(memory, pointer, count, budget, step.nested(), what);
                case BOOLS -> LiftingOperations.decodeBools(memory, pointer, count, budget, step.nested(), what);
                case CHARS -> LiftingOperations.decodeChars(memory, pointer, count, budget, step.nested(), what);
            };
        }
    }
}
