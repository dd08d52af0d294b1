package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.binary.ModuleDefinition.Memory;
import dev.airlock.engine.binary.ModuleDefinition.Range;
import dev.airlock.engine.binary.ModuleDefinition.Table;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A module whose definitions are valid (core specification, section 3.5); its bodies are validated when they are passed on.
 * Indices of functions, tables, memories, globals and tags count imported ones first. Immutable and thread-safe.
 */
public final class ValidModule {
    private final ModuleDefinition definition;
    final ModuleTypes types;
    final int[] functions;
    final Table[] tables;
    final Memory[] memories;
    final int[] globals;
    final boolean[] mutables;
    final int[] tags;
    final BitSet references;
    private final int importedFunctions;
    private final int importedTables;
    private final int importedMemories;
    private final int importedGlobals;
    private final int importedTags;
    private final List<ConstantExpression> globalValues;
    private final List<@Nullable ConstantExpression> tableValues;
    private final List<@Nullable ConstantExpression> elementOffsets;
    private final List<int @Nullable []> elementFunctions;
    private final List<List<ConstantExpression>> elementItems;
    private final List<@Nullable ConstantExpression> dataOffsets;

    ValidModule(ModuleValidator made) {
        definition = made.definition;
        types = made.types;
        functions = made.functions;
        tables = made.tables;
        memories = made.memories;
        globals = made.globals;
        mutables = made.mutables;
        tags = made.tags;
        references = made.references;
        importedFunctions = functions.length - definition.functions().length;
        importedTables = tables.length - definition.tables().size();
        importedMemories = memories.length - definition.memories().size();
        importedGlobals = globals.length - definition.globals().size();
        importedTags = tags.length - definition.tags().length;
        globalValues = made.globalValues;
        tableValues = made.tableValues;
        elementOffsets = made.elementOffsets;
        elementFunctions = made.elementFunctions;
        elementItems = made.elementItems;
        dataOffsets = made.dataOffsets;
    }

    public String name() {
        return definition.name();
    }

    public ModuleDefinition definition() {
        return definition;
    }

    public int typeCount() {
        return types.count();
    }

    public DefinedType type(int index) {
        return types.canonical(index);
    }

    /** Returns the parameters of a function type, as codes of this module. Not to be changed. */
    public int[] params(int type) {
        return types.type(type).first();
    }

    public int[] results(int type) {
        return types.type(type).results();
    }

    /** Returns the fields of a struct, or the element of an array, as codes. */
    public int[] fields(int type) {
        return types.type(type).first();
    }

    public boolean fieldMutable(int type, int field) {
        return types.type(type).mutable()[field];
    }

    /** Returns a type of this module in a form that other modules understand. */
    public DefinedType.FieldType portable(int code) {
        return types.portable(code, false);
    }

    public int importedFunctions() {
        return importedFunctions;
    }

    public int functionCount() {
        return functions.length;
    }

    public int functionTypeIndex(int function) {
        return functions[function];
    }

    public DefinedType functionType(int function) {
        return types.canonical(functions[function]);
    }

    public int importedTables() {
        return importedTables;
    }

    public int tableCount() {
        return tables.length;
    }

    public Table table(int index) {
        return tables[index];
    }

    public int tableType(int index) {
        return tables[index].element();
    }

    public boolean table64(int index) {
        return tables[index].limits().is64();
    }

    public int importedMemories() {
        return importedMemories;
    }

    public int memoryCount() {
        return memories.length;
    }

    public Memory memory(int index) {
        return memories[index];
    }

    public boolean memory64(int index) {
        return memories[index].limits().is64();
    }

    public int importedGlobals() {
        return importedGlobals;
    }

    public int globalCount() {
        return globals.length;
    }

    public int globalType(int index) {
        return globals[index];
    }

    public boolean globalMutable(int index) {
        return mutables[index];
    }

    public int importedTags() {
        return importedTags;
    }

    public int tagCount() {
        return tags.length;
    }

    public int tagTypeIndex(int index) {
        return tags[index];
    }

    /** Returns the functions that {@code ref.func} may name, exports and elements have: those that can become references. */
    public BitSet referencedFunctions() {
        return references;
    }

    /** Returns the initial value of a global that the module defines, by its index among all. */
    public ConstantExpression globalValue(int index) {
        return globalValues.get(index - importedGlobals);
    }

    /** Returns the initial value of a table's elements, or null, by its index among all. */
    public @Nullable ConstantExpression tableValue(int index) {
        return tableValues.get(index - importedTables);
    }

    /** Returns the offset of an active element segment, else null. */
    public @Nullable ConstantExpression elementOffset(int index) {
        return elementOffsets.get(index);
    }

    /** Returns the functions of an element segment that has only functions and nulls, which are -1; else null. */
    public int @Nullable [] elementFunctions(int index) {
        return elementFunctions.get(index);
    }

    /** Returns the items of an element segment; empty if {@link #elementFunctions} has them. */
    public List<ConstantExpression> elementItems(int index) {
        return elementItems.get(index);
    }

    /** Returns the offset of an active data segment, else null. */
    public @Nullable ConstantExpression dataOffset(int index) {
        return dataOffsets.get(index);
    }

    /**
     * Returns where the body of a function lies in the module.
     *
     * @param function an index of all functions, not of an imported one
     */
    public Range bodyRange(int function) {
        return definition.bodies()[function - importedFunctions];
    }

    /**
     * Validates the body of a function and passes its operators on.
     *
     * @param function an index of all functions, not of an imported one
     * @throws dev.airlock.error.ModuleException if the body is malformed or not valid
     */
    public void body(int function, CodeSink sink) {
        new FunctionValidator(this, bodyRange(function), sink).function(functions[function]);
    }
}
