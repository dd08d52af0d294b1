package dev.airlock.component.binary;

import dev.airlock.wit.NameAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One definition of a component (Explainer, "Component Definitions"), with indices as in the binary. Each definition, also
 * an export, adds one entry to the index space of {@link #adds()}.
 */
public sealed interface ComponentDefinition {
    /** The offset in the file, for errors. */
    int offset();

    /** The index space that the definition adds an entry to. */
    Sort adds();

    <R> R accept(Visitor<R> visitor);

    /** Visits a definition, by its kind. */
    interface Visitor<R> {
        R visitCoreModule(CoreModule definition);

        R visitCoreInstantiate(CoreInstantiate definition);

        R visitCoreExports(CoreExports definition);

        R visitCoreType(CoreType definition);

        R visitNested(Nested definition);

        R visitInstantiate(Instantiate definition);

        R visitExports(Exports definition);

        R visitAliasExport(AliasExport definition);

        R visitAliasCoreExport(AliasCoreExport definition);

        R visitAliasOuter(AliasOuter definition);

        R visitType(Type definition);

        R visitCanon(CanonFunc definition);

        R visitImport(Import definition);

        R visitExport(Export definition);
    }

    /** A core module, whose bytes are those of the file from {@code start} to {@code end}. */
    record CoreModule(int offset, int start, int end) implements ComponentDefinition {
        @Override
        public Sort adds() {
            return Sort.CORE_MODULE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCoreModule(this);
        }
    }

    /** {@code (core instance (instantiate module arg*))}. */
    record CoreInstantiate(int offset, int module, List<Arg> args) implements ComponentDefinition {
        /** {@code (with name (instance i))}. */
        public record Arg(int offset, String name, int instance) {}

        @Override
        public Sort adds() {
            return Sort.CORE_INSTANCE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCoreInstantiate(this);
        }
    }

    /** {@code (core instance (export name sortidx)*)}: named definitions, without a module. */
    record CoreExports(int offset, List<Item> items) implements ComponentDefinition {
        public record Item(int offset, String name, SortIndex target) {}

        @Override
        public Sort adds() {
            return Sort.CORE_INSTANCE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCoreExports(this);
        }
    }

    /** {@code (core type ...)}. */
    record CoreType(int offset, CoreDefType type) implements ComponentDefinition {
        @Override
        public Sort adds() {
            return Sort.CORE_TYPE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCoreType(this);
        }
    }

    /** {@code (component ...)} in a component. */
    record Nested(int offset, ParsedComponent component) implements ComponentDefinition {
        @Override
        public Sort adds() {
            return Sort.COMPONENT;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitNested(this);
        }
    }

    /** {@code (instance (instantiate component arg*))}. */
    record Instantiate(int offset, int component, List<Arg> args) implements ComponentDefinition {
        /** {@code (with name sortidx)}. */
        public record Arg(int offset, String name, SortIndex target) {}

        @Override
        public Sort adds() {
            return Sort.INSTANCE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitInstantiate(this);
        }
    }

    /** {@code (instance (export name sortidx)*)}: named definitions, without a component. */
    record Exports(int offset, List<Item> items) implements ComponentDefinition {
        public record Item(int offset, NameAttributes name, SortIndex target) {}

        @Override
        public Sort adds() {
            return Sort.INSTANCE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitExports(this);
        }
    }

    /** {@code (alias export instance name (sort))}. */
    record AliasExport(int offset, Sort sort, int instance, String name) implements ComponentDefinition {
        @Override
        public Sort adds() {
            return sort;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitAliasExport(this);
        }
    }

    /** {@code (alias core export instance name (sort))}. */
    record AliasCoreExport(int offset, Sort sort, int instance, String name) implements ComponentDefinition {
        @Override
        public Sort adds() {
            return sort;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitAliasCoreExport(this);
        }
    }

    /**
     * {@code (alias outer count index (sort))}.
     *
     * @param sort core module, core type, component or type
     * @param count the number of components or types to step out of; 0 means the one around this alias
     * @param index the index in the target's index space, as filled so far
     */
    record AliasOuter(int offset, Sort sort, int count, int index) implements ComponentDefinition {
        @Override
        public Sort adds() {
            return sort;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitAliasOuter(this);
        }
    }

    /** {@code (type ...)}. */
    record Type(int offset, DefType type) implements ComponentDefinition {
        @Override
        public Sort adds() {
            return Sort.TYPE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitType(this);
        }
    }

    /** {@code (canon ...)}: a component function if it lifts, otherwise a core function. */
    record CanonFunc(int offset, Canon canon) implements ComponentDefinition {
        @Override
        public Sort adds() {
            return canon instanceof Canon.Lift ? Sort.FUNC : Sort.CORE_FUNC;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCanon(this);
        }
    }

    /** {@code (import name externtype)}. */
    record Import(int offset, NameAttributes name, ExternDesc type) implements ComponentDefinition {
        @Override
        public Sort adds() {
            return type.sort();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitImport(this);
        }
    }

    /**
     * {@code (export name sortidx externtype?)}. It adds an entry that later definitions may refer to.
     *
     * @param ascribed the type visible outside, or null for the target's type
     */
    record Export(
            int offset,
            NameAttributes name,
            SortIndex target,
            @Nullable ExternDesc ascribed) implements ComponentDefinition {
        @Override
        public Sort adds() {
            return target.sort();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitExport(this);
        }
    }
}
