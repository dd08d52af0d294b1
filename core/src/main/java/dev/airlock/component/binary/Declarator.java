package dev.airlock.component.binary;

import dev.airlock.wit.NameAttributes;

/** {@code componentdecl} and {@code instancedecl}: a part of the type of a component or of an instance. */
public sealed interface Declarator {
    int offset();

    /** {@code (core type ...)}, {@code (type ...)} or {@code (alias ...)}, as in a component. */
    record Defines(ComponentDefinition definition) implements Declarator {
        @Override
        public int offset() {
            return definition.offset();
        }
    }

    /** {@code (import name externtype)}, in a component's type only. */
    record Imports(int offset, NameAttributes name, ExternDesc type) implements Declarator {}

    /** {@code (export name externtype)}. */
    record Exports(int offset, NameAttributes name, ExternDesc type) implements Declarator {}
}
