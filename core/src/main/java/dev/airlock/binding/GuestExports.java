package dev.airlock.binding;

import dev.airlock.convention.ExportView;
import dev.airlock.engine.Entry;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Module;
import dev.airlock.type.CoreValType;
import dev.airlock.type.GlobalType;

/** What conventions want to know of a guest. */
final class GuestExports {
    private GuestExports() {}

    static ExportView of(Instance instance) {
        Module module = instance.module();
        return new ExportView(
                module.exports(),
                name -> Entry.globalValue(instance, name),
                (offset, length) -> Entry.staticBytes(module, offset, length),
                Entry.staticMemory(module),
                Entry.stackTop(module));
    }

    /** Before there is an instance: globals whose value is not known then are left out. */
    static ExportView of(Module module) {
        return new ExportView(
                module.exports().stream()
                        .filter(export -> !(export.type() instanceof GlobalType global)
                                || (global.value() == CoreValType.I32
                                        && Entry.constant(module, export.name()).isPresent()))
                        .toList(),
                name -> Entry.constant(module, name).orElseThrow(),
                (offset, length) -> Entry.staticBytes(module, offset, length),
                Entry.staticMemory(module),
                Entry.stackTop(module));
    }
}
