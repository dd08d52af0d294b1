package dev.airlock.component.type;

import dev.airlock.type.CoreFuncType;

/** An entry of the index space of core types, with all indices resolved. */
sealed interface CoreDefinedType {
    record Func(CoreFuncType type) implements CoreDefinedType {}

    record Module(CoreModuleType type) implements CoreDefinedType {}
}
