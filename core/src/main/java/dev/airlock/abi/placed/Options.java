package dev.airlock.abi.placed;

import dev.airlock.abi.Scalars;
import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import dev.airlock.mapping.WitType;
import dev.airlock.shape.Absence;
import dev.airlock.shape.Carrier;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.OptionType;
import dev.airlock.type.OptionValue;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Blocks that may be missing: their steps, and the Java values that stand for them. */
record Options(Planner.FreshNames names) {
    /**
     * Plans to take an option apart and encode its payload.
     *
     * @return the elements, null for none
     */
    Register encode(
            Register value, Carrier.Block block, Register elements, Register count, boolean nul, List<Step> steps) {
        Carrier.Block present = block.present();
        Register payload = value;
        if (block.absence() != Absence.NULL) {
            payload = names.of(value.name() + "'", present.javaType());
            steps.add(new ValueStep.Unwrap(payload, value));
        }
        steps.add(new ValueStep.IfThere(
                payload,
                List.of(
                        new ValueStep.Encode(elements, payload, present, nul),
                        Planner.countOf(count, elements, present.form())),
                List.of(elements, count)));
        return elements;
    }

    /**
     * Plans to read a block that the guest returned, and make an option of it.
     *
     * @param before the steps that come first, if there is a block
     * @param sets the registers that these set
     */
    void decode(
            Register value,
            Register pointer,
            Register count,
            Carrier.Block block,
            List<Step> before,
            List<Register> sets,
            List<Step> steps) {
        Carrier.Block present = block.present();
        Register payload = block.absence() == Absence.NULL ? value : names.of(value.name() + "'", present.javaType());
        var inside = new ArrayList<>(before);
        inside.add(new ValueStep.Decode(payload, pointer, count, present));
        var all = new ArrayList<>(sets);
        all.add(payload);
        steps.add(new ValueStep.IfThere(pointer, inside, all));
        if (block.absence() != Absence.NULL) {
            steps.add(new ValueStep.Wrap(value, payload, block));
        }
    }

    /** Returns the payload of an option of a string or a list of numbers; null for none. */
    static @Nullable Object unwrap(@Nullable Object option, String name) {
        Object given = Scalars.notNull(option, name);
        if (given instanceof Optional<?> optional) {
            return optional.orElse(null);
        }
        Value payload = ((OptionValue) given).payload();
        return payload instanceof PrimitiveValue.Text text
                ? text.value()
                : payload == null ? null : ((ListValue) payload).array();
    }

    static Object wrap(@Nullable Object payload, Carrier.Block carrier) {
        if (carrier.absence() == Absence.OPTIONAL) {
            return Optional.ofNullable(payload);
        }
        var type = (OptionType) ((WitType) carrier.type()).type();
        Value value = payload == null
                ? null
                : payload instanceof String text
                        ? new PrimitiveValue.Text(text)
                        : ListValue.wrap((ListType) type.payload(), payload, ValuePath.of("result"));
        return new OptionValue(type, value);
    }
}
