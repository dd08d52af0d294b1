package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.binary.ModuleDefinition.Data;
import dev.airlock.engine.binary.ModuleDefinition.Element;
import dev.airlock.engine.binary.ModuleDefinition.Export;
import dev.airlock.engine.binary.ModuleDefinition.Global;
import dev.airlock.engine.binary.ModuleDefinition.Import;
import dev.airlock.engine.binary.ModuleDefinition.Limits;
import dev.airlock.engine.binary.ModuleDefinition.Memory;
import dev.airlock.engine.binary.ModuleDefinition.Mode;
import dev.airlock.engine.binary.ModuleDefinition.Range;
import dev.airlock.engine.binary.ModuleDefinition.SubType;
import dev.airlock.engine.binary.ModuleDefinition.Table;
import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.error.ModuleException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates all of a module but the bodies of its functions (core specification, section 3.5). */
public final class ModuleValidator {
    final ModuleDefinition definition;
    final ModuleTypes types;
    final int[] functions;
    final Table[] tables;
    final Memory[] memories;
    final int[] globals;
    final boolean[] mutables;
    final int[] tags;
    final BitSet references = new BitSet();
    final List<ConstantExpression> globalValues = new ArrayList<>();
    final List<@Nullable ConstantExpression> tableValues = new ArrayList<>();
    final List<@Nullable ConstantExpression> elementOffsets = new ArrayList<>();
    final List<int @Nullable []> elementFunctions = new ArrayList<>();
    final List<List<ConstantExpression>> elementItems = new ArrayList<>();
    final List<@Nullable ConstantExpression> dataOffsets = new ArrayList<>();
    private final ConstantValidation constants;
    private final ValidModule module;

    private ModuleValidator(ModuleDefinition definition) {
        this.definition = definition;
        types = new ModuleTypes(definition);
        List<Integer> functionTypes = new ArrayList<>();
        List<Table> allTables = new ArrayList<>();
        List<Memory> allMemories = new ArrayList<>();
        List<Global> allGlobals = new ArrayList<>();
        List<Integer> tagTypes = new ArrayList<>();
        for (Import wanted : definition.imports()) {
            switch (wanted.kind()) {
                case ModuleDefinition.FUNCTION -> functionTypes.add(functionType(wanted.typeIndex(), wanted.offset()));
                case ModuleDefinition.TABLE -> allTables.add(wanted.table());
                case ModuleDefinition.MEMORY -> allMemories.add(wanted.memory());
                case ModuleDefinition.GLOBAL -> allGlobals.add(wanted.global());
                default -> tagTypes.add(tagType(wanted.typeIndex(), wanted.offset()));
            }
        }
        int importedGlobals = allGlobals.size();
        for (int i = 0; i < definition.functions().length; i++) {
            int type = definition.functions()[i];
            functionTypes.add(types.isFunction(type) ? type : functionType(type, definition.functionOffset(i)));
        }
        allTables.addAll(definition.tables());
        allMemories.addAll(definition.memories());
        allGlobals.addAll(definition.globals());
        for (int i = 0; i < definition.tags().length; i++) {
            int type = definition.tags()[i];
            tagTypes.add(types.isTag(type) ? type : tagType(type, definition.tagOffset(i)));
        }
        functions = functionTypes.stream().mapToInt(Integer::intValue).toArray();
        tables = allTables.toArray(Table[]::new);
        memories = allMemories.toArray(Memory[]::new);
        globals = allGlobals.stream().mapToInt(Global::type).toArray();
        mutables = new boolean[globals.length];
        for (int i = 0; i < globals.length; i++) {
            mutables[i] = allGlobals.get(i).mutable();
            types.check(globals[i], allGlobals.get(i).offset());
        }
        tags = tagTypes.stream().mapToInt(Integer::intValue).toArray();
        module = new ValidModule(this);
        constants = new ConstantValidation(module, importedGlobals);
    }

    /**
     * Validates a module, except for the bodies of its functions.
     *
     * @throws ModuleException if it is not valid
     */
    public static ValidModule validate(ModuleDefinition definition) {
        ModuleValidator validator = new ModuleValidator(definition);
        validator.run();
        return validator.module;
    }

    private void run() {
        for (Memory memory : memories) {
            checkMemory(memory);
        }
        int importedTables = tables.length - definition.tables().size();
        for (int i = 0; i < tables.length; i++) {
            checkTable(tables[i], i >= importedTables);
        }
        for (Global global : definition.globals()) {
            globalValues.add(constants.expression(global.initial(), global.type()));
            constants.addGlobal();
        }
        exports();
        elements();
        datas();
        if (definition.start() >= 0) {
            start();
        }
    }

    private ModuleException error(int offset, String problem) {
        return new ModuleException(definition.name(), offset, problem, null);
    }

    private int functionType(int index, int offset) {
        types.require(index, SubType.FUNC, offset);
        return index;
    }

    private int tagType(int index, int offset) {
        if (types.require(index, SubType.FUNC, offset).results().length != 0) {
            throw error(offset, "non-empty tag result type");
        }
        return index;
    }

    private void checkMemory(Memory memory) {
        Limits limits = memory.limits();
        int shift = memory.pageShift();
        if (shift != 0 && shift != 16) {
            throw error(
                    memory.offset(), "invalid custom page size: 2^" + shift + " bytes, only 1 and 65,536 are allowed");
        }
        // All bytes have an address: 2^32 of them, or 2^64.
        int bits = (limits.is64() ? 64 : 32) - shift;
        checkLimits(limits, bits, memory.offset(), "memory size must be at most 2^" + bits + " pages");
        if (limits.shared() && !limits.hasMaximum()) {
            throw error(memory.offset(), "shared memory must have maximum");
        }
    }

    private void checkLimits(Limits limits, int bits, int offset, String tooLarge) {
        if (isOver(limits.minimum(), bits) || (limits.hasMaximum() && isOver(limits.maximum(), bits))) {
            throw error(offset, tooLarge);
        }
        if (limits.hasMaximum() && Long.compareUnsigned(limits.minimum(), limits.maximum()) > 0) {
            throw error(offset, "size minimum must not be greater than maximum");
        }
    }

    private static boolean isOver(long size, int bits) {
        return bits < 64 && Long.compareUnsigned(size, 1L << bits) > 0;
    }

    private void checkTable(Table table, boolean own) {
        types.check(table.element(), table.offset());
        Limits limits = table.limits();
        checkLimits(limits, 64, table.offset(), "table size");
        if (!limits.is64() && (limits.minimum() >>> 32 != 0 || (limits.hasMaximum() && limits.maximum() >>> 32 != 0))) {
            throw error(table.offset(), "table size must be at most 2^32-1");
        }
        if (!own) {
            return;
        }
        Range initial = table.initial();
        if (initial == null) {
            if (!ValueTypes.isNullable(table.element())) {
                throw error(
                        table.offset(), "type mismatch: a table whose elements cannot be null needs an initial value");
            }
            tableValues.add(null);
        } else {
            tableValues.add(constants.expression(initial, table.element()));
        }
    }

    private void exports() {
        Set<String> names = new HashSet<>();
        for (Export export : definition.exports()) {
            int count = switch (export.kind()) {
                case ModuleDefinition.FUNCTION -> functions.length;
                case ModuleDefinition.TABLE -> tables.length;
                case ModuleDefinition.MEMORY -> memories.length;
                case ModuleDefinition.GLOBAL -> globals.length;
                default -> tags.length;
            };
            if (export.index() >= count) {
                String[] kinds = {"function", "table", "memory", "global", "tag"};
                throw error(export.offset(), "unknown " + kinds[export.kind()] + " " + export.index());
            }
            if (!names.add(export.name())) {
                throw error(export.offset(), "duplicate export name \"" + export.name() + "\"");
            }
            if (export.kind() == ModuleDefinition.FUNCTION) {
                references.set(export.index());
            }
        }
    }

    private void elements() {
        for (Element element : definition.elements()) {
            types.check(element.type(), element.offset());
            if (element.mode() == Mode.ACTIVE) {
                if (element.table() >= tables.length) {
                    throw error(element.offset(), "unknown table " + element.table());
                }
                Table table = tables[element.table()];
                if (!types.matches(element.type(), table.element())) {
                    throw error(
                            element.offset(),
                            "type mismatch: elements of " + types.show(element.type()) + " for a table of "
                                    + types.show(table.element()));
                }
                int address = FunctionValidator.addressType(table.limits().is64());
                elementOffsets.add(constants.expression(element.where(), address));
            } else {
                elementOffsets.add(null);
            }
            items(element);
        }
    }

    private void items(Element element) {
        int[] listed = element.functions();
        if (listed != null) {
            for (int i = 0; i < listed.length; i++) {
                if (listed[i] >= functions.length) {
                    throw error(definition.itemOffset(element, i), "unknown function " + listed[i]);
                }
                references.set(listed[i]);
            }
            elementFunctions.add(listed);
            elementItems.add(List.of());
            return;
        }
        int[] items = Objects.requireNonNull(element.items(), "items");
        int @Nullable [] functionsAlone = constants.functions(element, items);
        elementFunctions.add(functionsAlone);
        elementItems.add(functionsAlone != null ? List.of() : constants.items(element, items));
    }

    private void datas() {
        for (Data data : definition.datas()) {
            if (data.mode() == Mode.ACTIVE) {
                if (data.memory() >= memories.length) {
                    throw error(data.offset(), "unknown memory " + data.memory());
                }
                int address = FunctionValidator.addressType(
                        memories[data.memory()].limits().is64());
                dataOffsets.add(constants.expression(data.where(), address));
            } else {
                dataOffsets.add(null);
            }
        }
    }

    private void start() {
        int index = definition.start();
        if (index >= functions.length) {
            throw error(definition.startOffset(), "unknown function " + index);
        }
        SubType type = types.type(functions[index]);
        if (type.first().length + type.results().length != 0) {
            throw error(definition.startOffset(), "start function takes no parameters and has no results");
        }
    }
}
