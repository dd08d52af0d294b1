package dev.airlock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.airlock.memory.LinearMemory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the rooms in order: docs/ARCHITECTURE.md tells what each is for. */
class ArchitectureTest {
    /**
     * Lowest first: a room may import from those before it. The facade, dev.airlock itself, comes last. A room inside of
     * another's package is a room of its own, before or after it.
     */
    private static final List<String> ROOMS = List.of(
            "error",
            "symbol",
            "limit",
            "dwarf",
            "event",
            "type",
            "wit",
            "memory",
            "shape",
            "abi",
            "convention",
            "store",
            "engine.binary",
            "engine.code",
            "engine",
            "binding",
            "wasi.files",
            "wasi",
            "wasi.preview1",
            "component.binary",
            "component.type",
            "component",
            "program",
            "pool");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.airlock");

    @Test
    void everyPackageIsARoomWeKnow() {
        Set<String> packages =
                CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = ROOMS.stream().map(r -> "dev.airlock." + r).collect(Collectors.toCollection(TreeSet::new));
        known.add("dev.airlock");
        assertThat(packages).isEqualTo(known);
    }

    @Test
    void roomsImportOnlyFromThoseBeforeThem() {
        for (int i = 0; i < ROOMS.size(); i++) {
            String[] later = ROOMS.subList(i + 1, ROOMS.size()).stream()
                    .map(room -> "dev.airlock." + room)
                    .toArray(String[]::new);
            if (later.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage("dev.airlock." + ROOMS.get(i))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .check(CLASSES);
            }
            noClasses()
                    .that()
                    .resideInAPackage("dev.airlock." + ROOMS.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.airlock")
                    .check(CLASSES);
        }
    }

    @Test
    void roomsHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.airlock.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void onlyTheEngineKnowsEndive() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.airlock.engine", "dev.airlock.engine.code")
                .and()
                .doNotHaveFullyQualifiedName("dev.airlock.memory.LinearMemory")
                .and()
                .resideOutsideOfPackage("dev.airlock.memory")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("run.endive..")
                .check(CLASSES);
    }

    @Test
    void onlyTheEngineAndCrossingsGenerateCode() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.airlock.engine", "dev.airlock.engine.code", "dev.airlock.abi")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.objectweb.asm..")
                .check(CLASSES);
    }

    /**
     * Who has a memory's array can write into it, and what is written without {@link LinearMemory#toWrite} stays there for
     * the next call of a pooled instance to find. So those who read the array are listed, and looked at.
     */
    @Test
    void onlyTheseReadAMemorysArray() {
        Set<String> readers = CLASSES.stream()
                .flatMap(c -> c.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTarget().getName().equals("bytes")
                        && call.getTargetOwner().isEquivalentTo(LinearMemory.class))
                .map(call -> call.getOriginOwner().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(readers)
                .containsExactlyInAnyOrder(
                        "GuestText",
                        "GuestMemory",
                        "LiftingOperations",
                        "LoweringOperations",
                        "Memory",
                        "MemoryImage",
                        "RangeInputStream",
                        "RangeOutputStream");
    }

    @Test
    void namesSayWhatAClassIs() {
        classes()
                .should()
                .haveNameNotMatching(".*(Impl|Util|Utils|Manager|Helper)$")
                .check(CLASSES);
    }

    /** By simple name, as checkers know these annotations. */
    @Test
    void immutableTypesAskForTheirResultsToBeUsed() {
        for (String type : List.of(
                "Guest",
                "CoreGuest",
                "ComponentGuest",
                "convention.Convention",
                "limit.Limits",
                "limit.CallOptions",
                "pool.PoolOptions",
                "program.Program")) {
            assertThat(isAnnotated("dev.airlock." + type, "CheckReturnValue"))
                    .as(type)
                    .isTrue();
        }
        assertThat(isAnnotated("dev.airlock.convention.Convention$Builder", "CanIgnoreReturnValue"))
                .isTrue();
    }

    private static boolean isAnnotated(String type, String annotation) {
        return CLASSES.get(type).getAnnotations().stream()
                .anyMatch(a -> a.getRawType().getSimpleName().equals(annotation));
    }

    @Test
    void publicTypesAreTheseAndNoOthers() {
        Set<String> found = CLASSES.stream()
                .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(c -> !c.getSimpleName().equals("package-info"))
                .filter(ArchitectureTest::isReachable)
                .filter(c -> !isCaseOfADefinition(c))
                .map(c -> c.getName().substring("dev.airlock.".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).isEqualTo(new TreeSet<>(PUBLIC));
    }

    /** The grammar of components has some eighty kinds of things, all of them public with the interface that seals them. */
    private static boolean isCaseOfADefinition(JavaClass type) {
        return type.isNestedClass()
                && (type.getPackageName().equals("dev.airlock.component.binary")
                        || type.getPackageName().equals("dev.airlock.component.type"));
    }

    private static boolean isReachable(JavaClass type) {
        return type.getEnclosingClass()
                .map(outer -> outer.getModifiers().contains(JavaModifier.PUBLIC)
                        && isReachable(outer)
                        && !outer.getSimpleName().equals("Host"))
                .orElse(true);
    }

    private static final List<String> PUBLIC = List.of(
            "Airlock",
            "Guest",
            "ComponentGuest",
            "ComponentGuestInstance",
            "CoreGuest",
            "CoreGuestInstance",
            "GuestFunction",
            "GuestInstance",
            "GuestSnapshot",
            "shape.FutureMethods",
            "shape.InterfaceMethods",
            "abi.PayloadCodec",
            "abi.ReleaseException",
            "abi.PayloadHeap",
            "error.WitException",
            "type.BorrowType",
            "type.EnumType",
            "type.EnumValue",
            "type.FlagsType",
            "type.FlagsValue",
            "type.FuncType",
            "type.FuncType$Param",
            "type.FutureType",
            "type.HandleValue",
            "type.Labels",
            "type.ListType",
            "type.ListValue",
            "type.MapType",
            "type.MapValue",
            "type.MapValue$Pair",
            "type.NamedType",
            "type.OptionType",
            "type.OptionValue",
            "type.OwnType",
            "type.PrimitiveType",
            "type.PrimitiveValue",
            "type.PrimitiveValue$Bool",
            "type.PrimitiveValue$Char",
            "type.PrimitiveValue$F32",
            "type.PrimitiveValue$F64",
            "type.PrimitiveValue$S16",
            "type.PrimitiveValue$S32",
            "type.PrimitiveValue$S64",
            "type.PrimitiveValue$S8",
            "type.PrimitiveValue$Text",
            "type.PrimitiveValue$U16",
            "type.PrimitiveValue$U32",
            "type.PrimitiveValue$U64",
            "type.PrimitiveValue$U8",
            "type.PrimitiveValue$Visitor",
            "type.RecordType",
            "type.RecordType$Field",
            "type.RecordValue",
            "type.ResourceType",
            "type.ResultType",
            "type.ResultValue",
            "type.StreamType",
            "type.TupleType",
            "type.TupleValue",
            "type.ValType",
            "type.ValType$Visitor",
            "type.Value",
            "type.Value$Visitor",
            "type.ValuePath",
            "type.VariantType",
            "type.VariantType$Case",
            "type.VariantValue",
            "wit.Wave",
            "wit.WaveCall",
            "wit.WitSignatures",
            "shape.Absence",
            "shape.BlockForm",
            "shape.Carrier",
            "shape.Carrier$Block",
            "shape.Carrier$Scalar",
            "shape.Char",
            "abi.CanonicalBridge",
            "abi.CanonicalCall",
            "abi.CanonicalContext",
            "abi.CanonicalFunctions",
            "abi.CanonicalServing",
            "abi.CanonicalTypes",
            "abi.Crossing",
            "abi.StringEncoding",
            "shape.ErrorShape",
            "shape.JavaShape$ResourceShape",
            "abi.Flattening",
            "abi.GuestFunctions",
            "abi.LayoutFlattening",
            "abi.ManagedClasses",
            "abi.ManagedClasses$StaticBytes",
            "abi.ManagedList",
            "shape.WitType",
            "shape.JavaShape",
            "shape.JavaShape$ArrayShape",
            "shape.JavaShape$EnumShape",
            "shape.JavaShape$FlagsShape",
            "shape.JavaShape$ListShape",
            "shape.JavaShape$MapShape",
            "shape.JavaShape$OpaqueShape",
            "shape.JavaShape$OptionShape",
            "shape.JavaShape$ResultShape",
            "shape.JavaShape$ScalarShape",
            "shape.JavaShape$TextShape",
            "shape.JavaShape$Visitor",
            "shape.LanguageTypes",
            "shape.LanguageTypes$ComponentFacts",
            "shape.LanguageTypes$FunctionFacts",
            "shape.LanguageTypes$RecordFacts",
            "shape.LanguageTypes$TypeFacts",
            "shape.MethodShape",
            "shape.MethodShape$Param",
            "shape.Names",
            "abi.Placement",
            "abi.Placement$Allocate",
            "abi.Placement$Allocate$Form",
            "abi.Placement$Free",
            "abi.Placement$Free$Form",
            "abi.Placement$In",
            "abi.Placement$Managed",
            "abi.Placement$Out",
            "shape.RecordShape",
            "shape.RecordShape$Component",
            "shape.Result",
            "shape.Result$Err",
            "shape.Result$Ok",
            "shape.ScalarForm",
            "shape.ServedNames",
            "shape.ServedNames$Closeness",
            "abi.Serving",
            "shape.Shapes",
            "shape.Tuple",
            "shape.Tuple2",
            "shape.Tuple3",
            "shape.U16",
            "shape.U32",
            "shape.U64",
            "shape.U8",
            "shape.VariantShape",
            "shape.VariantShape$Case",
            "component.Component",
            "binding.Bindings",
            "binding.DynamicFunction",
            "binding.JavaValues",
            "component.FunctionExport",
            "wit.FunctionText",
            "binding.GuestName",
            "binding.GuestPlacement",
            "binding.HostBindings",
            "binding.UnservedImports",
            "component.ComponentFunc",
            "component.ComponentImports",
            "component.ComponentInstance",
            "component.ComponentLinker",
            "component.ComponentSnapshot",
            "component.GuestResource",
            "component.ComponentHostFunction",
            "convention.Allocator",
            "convention.Convention",
            "convention.Convention$Builder",
            "convention.Detection",
            "convention.Detection$Candidate",
            "convention.Detection$Fit",
            "convention.ExportView",
            "convention.ManagedObjects",
            "engine.Entry",
            "engine.Entry$Method",
            "engine.Caller",
            "engine.CrossingEvent",
            "engine.Compartment",
            "engine.CompartmentSnapshot",
            "engine.CoreFunc",
            "engine.CoreFunc$Body",
            "engine.Engine",
            "engine.Engine$Builder",
            "engine.Engine$CompileListener",
            "engine.Extern",
            "engine.Func",
            "engine.Global",
            "engine.Host",
            "engine.HostCall",
            "engine.HostFunction",
            "engine.HostLambdas",
            "engine.Holdings",
            "engine.HostModule",
            "engine.HostModule$CallReader",
            "engine.HostModule$Function",
            "engine.HostModule$Opener",
            "engine.Instance",
            "engine.LargeFunction",
            "engine.Linker",
            "engine.Module",
            "engine.Snapshot",
            "error.Nearest",
            "engine.RecordedCrossing",
            "engine.Table",
            "engine.TraceText",
            "error.AirlockException",
            "error.CanIgnoreReturnValue",
            "error.CheckReturnValue",
            "error.ExitException",
            "error.InstanceStateException",
            "error.LimitException",
            "error.LimitException$Kind",
            "limit.Allowance",
            "limit.CallOptions",
            "limit.Limits",
            "limit.Watch",
            "limit.Watch$Stop",
            "error.LinkException",
            "error.MemoryAccessException",
            "error.ModuleException",
            "error.ProgramException",
            "error.SignatureException",
            "error.Trap",
            "error.TrapCode",
            "error.ValueException",
            "symbol.Symbols",
            "dwarf.LineTable",
            "dwarf.LineTable$Place",
            "event.FlightEvents",
            "event.FlightEvents$Crossing",
            "event.FlightEvents$Direction",
            "event.FlightEvents$Instantiation",
            "event.FlightEvents$Reset",
            "memory.Traffic",
            "memory.LinearMemory",
            "memory.Memory",
            "memory.MemoryImage",
            "memory.SegmentImage",
            "memory.StaticMemory",
            "memory.StaticMemory$Range",
            "memory.NarrowText",
            "memory.Text",
            "store.ByteStore",
            "store.EntryKey",
            "pool.Pool",
            "pool.PoolFigures",
            "pool.PoolOptions",
            "program.Invocation",
            "program.Program",
            "program.ProgramResult",
            "program.Running",
            "type.CoreFuncType",
            "type.CoreValType",
            "type.ExportType",
            "type.ExternType",
            "type.GlobalType",
            "type.ImportType",
            "type.MemoryType",
            "type.TableType",
            "type.TagType",
            "wasi.CappedBuffer",
            "wasi.Input",
            "wasi.Output",
            "wasi.Pipe",
            "wasi.Sandbox",
            "wasi.Sandbox$Folder",
            "wasi.SourceStream",
            "wasi.WasiClocks",
            "wasi.WasiCtx",
            "wasi.WasiCtx$Builder",
            "wasi.preview1.WasiPreview1",
            "wasi.files.Directory",
            "wasi.files.FileException",
            "wasi.files.FileException$Kind",
            "wasi.files.FileStat",
            "wasi.files.FileType",
            "wasi.files.FolderRules",
            "wasi.files.Listing",
            "wasi.files.Listing$Entry",
            "wasi.files.OpenMode",
            "wasi.files.OpenNode",
            "wasi.files.RegularFile",
            "wit.WitTypes",
            "component.ComponentBindings",
            // What the rooms of the engine say to each other, and what guest code calls.
            "engine.binary.BinaryLayout",
            "engine.binary.BinaryLayout$Section",
            "engine.binary.DeclaredLocals",
            "engine.binary.FunctionNames",
            "engine.binary.ModuleOutline",
            "engine.binary.ModuleOutline$Import",
            "engine.binary.Producers",
            "engine.binary.ReducedModule",
            "engine.code.CompiledModule",
            "engine.code.EndiveTypes",
            "engine.code.GuardedMachine",
            "engine.code.IndirectCalls",
            "engine.code.LoadedCode",
            "engine.code.ModuleCompiler",
            "engine.code.ModuleCompiler$Listener",
            "engine.code.ParsedModule",
            "engine.code.SourceLines",
            "engine.code.SourceLines$Spot",
            "engine.code.Tags",
            // What the rooms of components say to each other. What is nested in these are their cases, see above.
            "component.binary.BuiltIn",
            "component.binary.Canon",
            "component.binary.CanonOptions",
            "component.binary.ComponentDecoder",
            "component.binary.CoreDefType",
            "component.binary.Declarator",
            "component.binary.DefType",
            "component.binary.Definition",
            "component.binary.ExternDesc",
            "component.binary.ExternName",
            "component.binary.Feature",
            "component.binary.NameAttributes",
            "component.binary.ParsedComponent",
            "component.binary.Sort",
            "component.binary.SortIndex",
            "component.binary.ValTypeRef",
            "component.binary.ValueSize",
            "component.binary.Versions",
            "component.type.ComponentExternType",
            "component.type.ComponentType",
            "component.type.CoreModuleType",
            "component.type.CoreSubtyping",
            "component.type.DefinedType",
            "component.type.IndexSpaces",
            "component.type.InstanceType",
            "component.type.ResolvedComponent",
            "component.type.Resolver",
            "component.type.ResourceVariable",
            "component.type.Subtyping",
            "component.type.TypeNames",
            "component.type.Validation",
            "component.type.WorldPrinter");
}
