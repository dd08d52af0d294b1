package dev.airlock.abi.placed;

import dev.airlock.abi.EncodedBytes;
import dev.airlock.abi.Plan;
import dev.airlock.abi.ScalarEmitter;
import dev.airlock.abi.Scalars;
import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import dev.airlock.error.Trap;
import dev.airlock.mapping.BlockForm;
import dev.airlock.memory.Memory;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.Placement;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a plan step by step, registers in a map. Generated code is measured against it. */
final class PlanInterpreter {
    private final @Nullable PayloadCodec codec;
    private final Plan plan;
    private final GuestFunctions functions;
    /** Whose values are read: the function's, or those that it is called with. */
    private final String giver;

    PlanInterpreter(Plan plan, @Nullable PayloadCodec codec, GuestFunctions functions) {
        this.plan = plan;
        this.codec = codec;
        this.functions = functions;
        this.giver = plan.giver();
    }

    static MethodHandle handle(Plan plan, @Nullable PayloadCodec codec, GuestFunctions functions) {
        var interpreter = new PlanInterpreter(plan, codec, functions);
        MethodType type = CrossingCompiler.javaType(interpreter.plan);
        try {
            return MethodHandles.lookup()
                    .findVirtual(PlanInterpreter.class, "run", MethodType.methodType(Object.class, Object[].class))
                    .bindTo(interpreter)
                    .asCollector(Object[].class, type.parameterCount())
                    .asType(type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("our own method is missing", e);
        }
    }

    @Nullable
    Object run(@Nullable Object[] args) throws Throwable {
        return new Run(Objects.requireNonNull(args[0])).run(args);
    }

    /** The state of one run. */
    private final class Run {
        private final Object guest;
        private final Memory memory;
        private final Map<Register, @Nullable Object> values = new HashMap<>();
        private final List<Step.Allocate> allocated = new ArrayList<>();
        private @Nullable Register returned;
        private boolean inGuest;
        /** Whether it frees a result of its own. */
        private boolean releasing;

        Run(Object guest) throws Throwable {
            this.guest = guest;
            this.memory = (Memory) functions.memory().invoke(guest);
        }

        @Nullable
        Object run(@Nullable Object[] args) throws Throwable {
            for (int i = 0; i < plan.params().size(); i++) {
                values.put(plan.params().get(i), args[i + 1]);
            }
            try {
                for (Step step : plan.steps()) {
                    step(step);
                }
            } catch (Throwable e) {
                if (!inGuest && !(e instanceof Trap)) {
                    cleanUp();
                }
                throw releasing
                        ? Blocks.released(
                                e, plan.name(), plan.placed().statics().unknown())
                        : e;
            }
            return plan.result() == null ? null : values.get(plan.result());
        }

        private void cleanUp() throws Throwable {
            try {
                for (Step step : plan.steps()) {
                    if (step instanceof Step.Free
                            || step instanceof Step.PopReturn
                            || step instanceof ManagedStep.Unpin
                            || step instanceof ManagedStep.UnpinAll) {
                        step(step);
                    }
                }
            } catch (Throwable e) {
                throw releasing
                        ? Blocks.released(
                                e, plan.name(), plan.placed().statics().unknown())
                        : e;
            }
        }

        private int number(Register register) {
            Object value = values.get(register);
            return value == null ? 0 : (int) value;
        }

        private Object object(Register register) {
            return Objects.requireNonNull(values.get(register), register.name());
        }

        private void set(Register register, @Nullable Object value) {
            values.put(register, value);
        }

        private @Nullable Object guest(MethodHandle function, List<?> args) throws Throwable {
            var all = new ArrayList<Object>();
            all.add(guest);
            all.addAll(args);
            inGuest = true;
            Object result = function.invokeWithArguments(all);
            inGuest = false;
            return result;
        }

        private void step(Step step) throws Throwable {
            if (step instanceof Step.Lower s) {
                set(s.core(), ScalarEmitter.lower(s, values.get(s.value())));
            } else if (step instanceof Step.Lift s) {
                set(s.value(), ScalarEmitter.lift(s, object(s.core()), giver));
            } else if (step instanceof Step.Encode s) {
                set(s.elements(), encode(s));
            } else if (step instanceof Step.Count s) {
                set(s.count(), java.lang.reflect.Array.getLength(object(s.elements())) / s.divisor());
            } else if (step instanceof Step.Allocate s) {
                allocate(s);
            } else if (step instanceof Step.AllocateReturn s) {
                set(s.pointer(), allocate(8, 4));
                returned = s.pointer();
            } else if (step instanceof Step.PushReturn s) {
                int room = Step.PushReturn.ROOM;
                int pointer = (int) Objects.requireNonNull(guest(functions.stackPointer(), List.of(-room)));
                set(s.pointer(), Blocks.pushed(memory, pointer, room, plan.name()));
                returned = s.pointer();
            } else if (step instanceof Step.PopReturn s) {
                int pointer = number(s.pointer());
                set(s.pointer(), 0);
                if (pointer != 0) {
                    guest(functions.stackPointer(), List.of(Step.PushReturn.ROOM));
                }
            } else if (step instanceof Step.Store s) {
                store(s);
            } else if (step instanceof Step.Pack s) {
                set(s.fat(), pack(number(s.pointer()), number(s.count())));
            } else if (step instanceof Step.Call s) {
                Object result = guest(
                        functions.target(), s.args().stream().map(this::object).toList());
                if (s.result() != null) {
                    set(s.result(), result);
                }
            } else if (step instanceof Step.CallJava s) {
                var args = new ArrayList<@Nullable Object>();
                if (s.givesGuest()) {
                    args.add(guest);
                }
                s.args().forEach(arg -> args.add(values.get(arg)));
                Object result = functions.target().invokeWithArguments(args);
                if (s.result() != null) {
                    set(s.result(), result);
                }
            } else if (step instanceof Step.Move s) {
                set(s.to(), number(s.from()));
            } else if (step instanceof Step.StorePair s) {
                Blocks.storePair(memory, number(s.ret()), number(s.pointer()), number(s.count()), plan.name());
            } else if (step instanceof Step.Pair s) {
                set(s.both(), Blocks.pair(number(s.pointer()), number(s.count())));
            } else if (step instanceof Step.Unpack s) {
                long fat = Blocks.packed((long) object(s.fat()), giver);
                set(s.pointer(), (int) (fat >>> 32));
                set(s.count(), (int) fat);
            } else if (step instanceof Step.Pick s) {
                set(s.value(), (int) ((long[]) object(s.results()))[s.index()]);
            } else if (step instanceof Step.Load s) {
                set(s.value(), Blocks.load(memory, number(s.pointer()), s.displacement(), giver));
            } else if (step instanceof Step.Length s) {
                set(s.count(), Blocks.length(memory, number(s.pointer()), giver));
            } else if (step instanceof Step.Decode s) {
                set(s.value(), decode(s));
            } else if (step instanceof Step.CheckDisjoint s) {
                apart(s.result(), s.other());
            } else if (step instanceof Step.IfThere s) {
                s.sets().forEach(register -> set(register, register.type().isPrimitive() ? 0 : null));
                Object there = values.get(s.there());
                if (there != null && !there.equals(0)) {
                    for (Step inner : s.steps()) {
                        step(inner);
                    }
                }
            } else if (step instanceof Step.Unwrap s) {
                set(
                        s.payload(),
                        Options.unwrap(values.get(s.option()), s.option().path()));
            } else if (step instanceof Step.Wrap s) {
                set(s.option(), Options.wrap(values.get(s.payload()), s.carrier()));
            } else if (step instanceof Step.SkipStatic s) {
                Step.Free own = s.own();
                set(
                        s.freed(),
                        Blocks.freed(
                                plan.placed().statics(),
                                number(s.pointer()),
                                own == null ? 0 : number(own.pointer()),
                                own == null ? 0 : sizeOf(own)));
            } else if (step instanceof Step.Free s) {
                free(s);
            } else if (step instanceof ManagedStep s) {
                managed(s);
            }
        }

        private void managed(ManagedStep step) throws Throwable {
            if (step instanceof ManagedStep.New s) {
                set(s.pointer(), managed(Blocks.size(number(s.count()), s.width(), 0), s.width(), s.classNumber()));
            } else if (step instanceof ManagedStep.NewList s) {
                set(s.pointer(), managed(s.list().list().fields(), 4, s.list().number()));
            } else if (step instanceof ManagedStep.StoreList s) {
                ManagedWriter.storeFields(
                        memory, number(s.pointer()), number(s.buffer()), number(s.count()), s.width(), s.list());
            } else if (step instanceof ManagedStep.Unpin s) {
                int pointer = number(s.pointer());
                set(s.pointer(), 0);
                if (pointer != 0) {
                    guest(functions.unpin(), List.of(pointer));
                }
            } else if (step instanceof ManagedStep.Units s) {
                set(s.count(), ManagedReader.units(memory, number(s.object()), s.classNumber(), classes(), giver));
            } else if (step instanceof ManagedStep.Elements s) {
                long found = ManagedReader.elements(memory, number(s.object()), s.lists(), s.width(), classes(), giver);
                set(s.pointer(), (int) (found >>> 32));
                set(s.count(), (int) found);
            } else if (step instanceof ManagedStep.Encode s) {
                set(
                        s.encoded(),
                        ManagedWriter.encode(
                                values.get(s.value()), s.form(), s.value().path()));
            } else if (step instanceof ManagedStep.Make s) {
                inGuest = true;
                set(
                        s.objects(),
                        ManagedWriter.make(
                                memory,
                                guest,
                                functions.allocate(),
                                functions.pin(),
                                s.form(),
                                values.get(s.encoded()),
                                classes(),
                                plan.name()));
                inGuest = false;
            } else if (step instanceof ManagedStep.First s) {
                set(s.pointer(), ((int[]) object(s.objects()))[0]);
            } else if (step instanceof ManagedStep.UnpinAll s) {
                inGuest = true;
                ManagedWriter.unpin(guest, functions.unpin(), (int[]) values.get(s.objects()));
                inGuest = false;
            } else if (step instanceof ManagedStep.Read s) {
                set(
                        s.value(),
                        ManagedReader.read(
                                memory,
                                number(s.object()),
                                s.form(),
                                classes(),
                                giver,
                                s.value().path()));
            }
        }

        private ManagedClasses classes() {
            return Objects.requireNonNull(plan.placed().managed()).classes();
        }

        private Object encode(Step.Encode step) {
            Object value = values.get(step.value());
            String name = step.value().path();
            BlockForm form = step.carrier().form();
            Object elements = switch (form) {
                case UTF8 -> EncodedBytes.encodeUtf8((String) value, name);
                case UTF16 -> EncodedBytes.encodeUtf16((String) value, name);
                case BYTES -> EncodedBytes.encodeBytes(value, name);
                case PAYLOAD, PAYLOAD_UTF16 ->
                    Blocks.encodePayload(
                            value,
                            name,
                            Objects.requireNonNull(codec),
                            step.carrier().type(),
                            form == BlockForm.PAYLOAD_UTF16);
                case SHORTS, INTS, LONGS, FLOATS, DOUBLES -> Scalars.notNull(value, name);
                case OBJECTS -> throw new IllegalStateException("objects have steps of their own");
            };
            return step.nul() ? Blocks.withoutNul((byte[]) elements, name) : elements;
        }

        private void allocate(Step.Allocate step) throws Throwable {
            int size = Blocks.size(number(step.count()), step.width(), step.extra());
            set(step.pointer(), size == 0 && !step.evenEmpty() ? Blocks.EMPTY : allocate(size, step.width()));
            if (returned != null) {
                Blocks.apart(number(returned), 8, number(step.pointer()), size, plan.name());
            }
            for (Step.Allocate earlier : allocated) {
                Blocks.apart(
                        number(earlier.pointer()),
                        Blocks.size(number(earlier.count()), earlier.width(), earlier.extra()),
                        number(step.pointer()),
                        size,
                        plan.name());
            }
            allocated.add(step);
        }

        private int allocate(int size, int align) throws Throwable {
            Placement.Allocate.Form form =
                    Objects.requireNonNull(plan.placed().allocate()).form();
            Object given = guest(
                    functions.allocate(),
                    form == Placement.Allocate.Form.SIZE_ALIGN ? List.of(size, align) : List.of(size));
            int pointer = given instanceof Long fat ? (int) (fat >>> 32) : (int) Objects.requireNonNull(given);
            return Blocks.allocated(memory, pointer, size, align, plan.name());
        }

        private int managed(int size, int align, int classNumber) throws Throwable {
            int pointer = (int) Objects.requireNonNull(guest(functions.allocate(), List.of(size, classNumber)));
            Blocks.allocated(memory, pointer, size, align, plan.name());
            guest(functions.pin(), List.of(pointer));
            return pointer;
        }

        private void store(Step.Store step) {
            int pointer = number(step.pointer());
            Object elements = object(step.elements());
            if (step.nul()) {
                Blocks.storeWithNul(memory, pointer, (byte[]) elements);
            } else if (elements instanceof byte[] bytes) {
                Blocks.store(memory, pointer, bytes);
            } else if (elements instanceof short[] shorts) {
                Blocks.store(memory, pointer, shorts);
            } else if (elements instanceof int[] ints) {
                Blocks.store(memory, pointer, ints);
            } else if (elements instanceof long[] longs) {
                Blocks.store(memory, pointer, longs);
            } else if (elements instanceof float[] floats) {
                Blocks.store(memory, pointer, floats);
            } else {
                Blocks.store(memory, pointer, (double[]) elements);
            }
        }

        private @Nullable Object decode(Step.Decode step) {
            int pointer = number(step.pointer());
            int count = number(step.count());
            BlockForm form = step.carrier().form();
            return switch (form) {
                case UTF8 -> Blocks.decodeUtf8(memory, pointer, count, giver);
                case UTF16 -> Blocks.decodeUtf16(memory, pointer, count, giver);
                case BYTES -> Blocks.decodeBytes(memory, pointer, count, giver);
                case SHORTS -> Blocks.decodeShorts(memory, pointer, count, giver);
                case INTS -> Blocks.decodeInts(memory, pointer, count, giver);
                case LONGS -> Blocks.decodeLongs(memory, pointer, count, giver);
                case FLOATS -> Blocks.decodeFloats(memory, pointer, count, giver);
                case DOUBLES -> Blocks.decodeDoubles(memory, pointer, count, giver);
                case PAYLOAD, PAYLOAD_UTF16 ->
                    Blocks.decodePayload(
                            memory,
                            pointer,
                            count,
                            giver,
                            Objects.requireNonNull(codec),
                            step.carrier().type(),
                            form == BlockForm.PAYLOAD_UTF16);
                case OBJECTS -> throw new IllegalStateException("objects have steps of their own");
            };
        }

        private void apart(Step.Free result, Step.Free other) {
            Blocks.apart(
                    memory,
                    number(result.pointer()),
                    number(Objects.requireNonNull(result.count())),
                    result.width(),
                    result.extra(),
                    number(other.pointer()),
                    sizeOf(other),
                    plan.name());
        }

        private int sizeOf(Step.Free block) {
            return block.count() == null ? 8 : Blocks.size(number(block.count()), block.width(), block.extra());
        }

        private void free(Step.Free step) throws Throwable {
            Placement.Free.Form form =
                    Objects.requireNonNull(plan.placed().free()).form();
            int pointer = number(step.pointer());
            if (pointer == 0) {
                return;
            }
            int size = sizeOf(step);
            if (size == 0 && (step.ours() || form != Placement.Free.Form.POINTER)) {
                return;
            }
            set(step.pointer(), 0);
            releasing = plan.releases(step);
            guest(
                    functions.free(),
                    switch (form) {
                        case POINTER -> List.of(pointer);
                        case POINTER_SIZE -> List.of(pointer, size);
                        case POINTER_SIZE_ALIGN -> List.of(pointer, size, step.count() == null ? 4 : step.width());
                        case FAT -> List.of(pack(pointer, size));
                    });
            releasing = false;
        }

        private static long pack(int pointer, int count) {
            return (long) pointer << 32 | Integer.toUnsignedLong(count);
        }
    }
}
