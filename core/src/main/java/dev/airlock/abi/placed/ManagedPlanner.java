package dev.airlock.abi.placed;

import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.ManagedClass;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.ManagedList;
import dev.airlock.placement.Placement;
import dev.airlock.shape.Carrier;
import java.util.List;
import java.util.Objects;

/** Plans how blocks cross as managed objects, either way. */
record ManagedPlanner(Placement placement, Planner.FreshNames names) {
    private ManagedClasses classes() {
        return Objects.requireNonNull(placement.managed()).classes();
    }

    /**
     * Plans a Java value that goes into the guest.
     *
     * @param suffix of the registers' names
     * @param encoding gets the steps that can fail in Java
     * @param steps get those that make the objects
     * @param unpins get those that unpin them
     * @return the pointer
     */
    Register lower(
            Register value,
            Carrier.Block block,
            String suffix,
            List<Step> encoding,
            List<Step> steps,
            List<Step> unpins) {
        Register pointer = names.ofInt("ptr" + suffix);
        if (block.form() == BlockForm.OBJECTS) {
            ManagedForm form = ManagedForms.of(block, classes(), true);
            Register encoded = names.of("encoded" + suffix, Object.class);
            Register objects = names.of("objects" + suffix, int[].class);
            encoding.add(new ManagedStep.Encode(encoded, value, form));
            steps.add(new ManagedStep.Make(objects, encoded, form));
            steps.add(new ManagedStep.First(pointer, objects));
            unpins.add(new ManagedStep.UnpinAll(objects));
            return pointer;
        }
        Register elements = names.of("elements" + suffix, Planner.arrayOf(block.form()));
        Register count = names.ofInt("count" + suffix);
        encoding.add(new ValueStep.Encode(elements, value, block, false));
        encoding.add(Planner.countOf(count, elements, block.form()));
        int width = block.form().width();
        ManagedClass made = Planner.isText(block.form())
                ? new ManagedClass(classes().string(), ManagedList.ARRAY_BUFFER)
                : ManagedForms.listToMake(block, classes());
        boolean apart = made.list().hasBuffer();
        Register content = apart ? names.ofInt("buffer" + suffix) : pointer;
        steps.add(new ManagedStep.New(content, count, width, apart ? classes().buffer() : made.number()));
        steps.add(new ValueStep.Store(content, elements, block.form(), false));
        if (apart) {
            steps.add(new ManagedStep.NewList(pointer, made));
            steps.add(new ManagedStep.StoreList(pointer, content, count, width, made.list()));
            unpins.add(new ManagedStep.Unpin(content));
        }
        unpins.add(new ManagedStep.Unpin(pointer));
        return pointer;
    }

    /**
     * Plans an object of the guest that becomes a Java value.
     *
     * @param pointer gets where its elements are, if they are not the object itself
     * @param count gets their number
     */
    List<Step> lift(Register value, Register object, Carrier.Block block, Register pointer, Register count) {
        if (block.form() == BlockForm.OBJECTS) {
            return List.of(new ManagedStep.Read(value, object, ManagedForms.of(block, classes(), false), block));
        } else if (Planner.isText(block.form())) {
            return List.of(
                    new ManagedStep.Units(count, object, classes().string()),
                    new ValueStep.Decode(value, object, count, block));
        }
        return List.of(
                new ManagedStep.Elements(
                        pointer,
                        count,
                        object,
                        block.form().width(),
                        ManagedForms.listsToRead(block.form(), classes())),
                new ValueStep.Decode(value, pointer, count, block));
    }
}
