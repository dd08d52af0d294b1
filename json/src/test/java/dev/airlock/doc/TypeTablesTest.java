package dev.airlock.doc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.convention.Convention;
import dev.airlock.error.SignatureException;
import dev.airlock.json.JsonCodec;
import dev.airlock.mapping.BlockForm;
import dev.airlock.mapping.WitType;
import dev.airlock.shape.Absence;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.Shapes;
import dev.airlock.type.FuncType;
import dev.airlock.type.FutureType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.StreamType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.wit.Wave;
import dev.airlock.wit.WitSignatures;
import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row of the tables in {@code docs/TYPES.md} is what the library does. */
class TypeTablesTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final String REFUSED = "refused";

    private final String page;

    @TempDir
    private Path folder;

    /** Stays open while a test runs: the cases of a sealed interface are loaded when they are asked for. */
    private @Nullable URLClassLoader loader;

    TypeTablesTest() throws IOException {
        page = Files.readString(Documents.root().resolve("docs/TYPES.md"));
    }

    @AfterEach
    void close() throws IOException {
        if (loader != null) {
            loader.close();
        }
    }

    @Test
    void eachJavaTypeStandsForItsWitType() throws Exception {
        var readings = new ArrayList<String>();
        for (List<String> row : rows("types")) {
            readings.addAll(codes(row.get(1)));
            readings.addAll(codes(row.get(2)));
        }
        List<AnnotatedType> types = compiled(readings);
        int next = 0;
        for (List<String> row : rows("types")) {
            ValType wit = wit(row.get(0));
            for (String java : codes(row.get(1))) {
                JavaShape shape = Shapes.of(types.get(next++));
                // Resources are equal by identity, and so are identified by name.
                if (wit instanceof OwnType) {
                    assertThat(shape.type()).as(java).hasToString(wit.toString());
                } else {
                    assertThat(shape.type()).as(java).isEqualTo(wit);
                }
                assertThat(Shapes.fit(shape, wit).type()).as(java).isEqualTo(wit);
            }
            for (String java : codes(row.get(2))) {
                JavaShape shape = Shapes.of(types.get(next++));
                assertThat(shape.type()).as(java + " by itself").isNotEqualTo(wit);
                assertThat(Shapes.fit(shape, wit).type()).as(java).isEqualTo(wit);
            }
        }
    }

    @Test
    void everyKindOfWitTypeIsInTheTableOrSaidToBeMissing() {
        Set<Object> kinds = new HashSet<>();
        for (List<String> row : rows("types")) {
            collect(wit(row.get(0)), kinds);
        }
        Set<Object> expected = new HashSet<>(leaves(ValType.class));
        expected.remove(PrimitiveType.class);
        expected.addAll(Arrays.asList(PrimitiveType.values()));
        expected.removeAll(List.of(FutureType.class, StreamType.class, PrimitiveType.ERROR_CONTEXT));
        assertThat(kinds).isEqualTo(expected);
        assertThat(page).contains("refused by name: `error-context`, `future`, `stream`, `list<T, N>`");
    }

    private static Set<Class<?>> leaves(Class<?> sealed) {
        Set<Class<?>> all = new HashSet<>();
        for (Class<?> type : sealed.isSealed() ? sealed.getPermittedSubclasses() : new Class<?>[0]) {
            all.addAll(type.isSealed() ? leaves(type) : Set.of(type));
        }
        return all;
    }

    private static void collect(ValType type, Set<Object> kinds) {
        kinds.add(type instanceof PrimitiveType ? type : type.getClass());
        type.parts().forEach(part -> collect(part, kinds));
    }

    @Test
    void eachValueHasThatTextAndThatJson() {
        var codec = new JsonCodec();
        for (List<String> row : rows("json")) {
            ValType wit = wit(row.get(0));
            String wave = code(row.get(1));
            Value value = Wave.parse(wit, wave);
            assertThat(Wave.print(value)).isEqualTo(wave);
            byte[] json = codec.encode(value, new WitType(wit));
            assertThat(new String(json, StandardCharsets.UTF_8)).as(wave).isEqualTo(code(row.get(2)));
            assertThat(codec.decode(json, new WitType(wit))).isEqualTo(value);
            assertThat(value.getClass().getName())
                    .as(wave)
                    .isEqualTo("dev.airlock.type." + code(row.get(3)).replace('.', '$'));
        }
    }

    @Test
    void eachTypeHasThatFormByEachConvention() throws Exception {
        List<List<String>> rows = rows("forms");
        List<AnnotatedType> types =
                compiled(rows.stream().map(row -> code(row.get(1))).toList());
        List<String> heads = codes(head("forms"));
        List<Convention> conventions =
                heads.stream().map(name -> Convention.named(name).orElseThrow()).toList();
        Path objects = Documents.root().resolve("guests/assemblyscript/objects.wasm");
        try (CoreGuest assemblyScript = Airlock.openModule(objects).unknownImportsAsTraps()) {
            for (int line = 0; line < rows.size(); line++) {
                List<String> row = rows.get(line);
                ValType wit = wit(row.get(0));
                JavaShape shape = Shapes.fit(Shapes.of(types.get(line)), wit);
                for (int i = 0; i < conventions.size(); i++) {
                    Convention convention = conventions.get(i);
                    String form = form(convention, shape);
                    if (form.equals("objects") && isRefused(assemblyScript, wit)) {
                        form = REFUSED;
                    }
                    String shown = row.get(i + 2).replace("`", "");
                    assertThat(shown).as("%s by %s", wit, convention.name()).isEqualTo(form);
                }
            }
        }
    }

    /** Whether a function without parameters cannot return a type as an object. */
    private static boolean isRefused(CoreGuest guest, ValType wit) {
        try {
            assertThat(guest.explain("point", new FuncType(List.of(), wit))).isNotEmpty();
            return false;
        } catch (SignatureException e) {
            return true;
        }
    }

    private static String form(Convention convention, JavaShape shape) {
        Carrier carrier;
        try {
            carrier = convention.carried(shape.carrier());
        } catch (SignatureException e) {
            return REFUSED;
        }
        if (carrier instanceof Carrier.Scalar scalar) {
            return scalar.form().core().text();
        }
        var block = (Carrier.Block) carrier;
        if (block.form() == BlockForm.PAYLOAD && convention.payload() == null) {
            return REFUSED;
        }
        boolean isUtf16 = block.form() == BlockForm.UTF8 && convention.name().equals("assemblyscript");
        String name = isUtf16 ? "utf16" : block.form().name().toLowerCase(Locale.ROOT);
        return (block.absence() == Absence.NEVER ? "" : "missing ") + name;
    }

    interface MayBeMissing {
        Optional<String> greet(String name);
    }

    @Test
    void goRefusesMissingBlocks() {
        Path file = Documents.root().resolve("guests/go/kit.wasm");
        for (Convention convention : List.of(Convention.go(), Convention.tinygo())) {
            try (CoreGuest guest =
                    Airlock.openModule(file).convention(convention).unknownImportsAsTraps()) {
                assertThatThrownBy(() -> guest.as(MayBeMissing.class))
                        .isInstanceOf(SignatureException.class)
                        .hasMessageContaining("may be missing");
            }
        }
    }

    private ValType wit(String cell) {
        Matcher declarations =
                Pattern.compile("```wit\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(declarations.find()).isTrue();
        String use = code(cell);
        return Objects.requireNonNull(WitSignatures.parse(declarations.group(1) + "it: func(a: " + use + ")")
                .functions()
                .get("it")
                .params()
                .get(0)
                .type());
    }

    private List<AnnotatedType> compiled(List<String> readings) throws Exception {
        Matcher types = Pattern.compile("``` java\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(types.find()).isTrue();
        var source = new StringBuilder("import dev.airlock.mapping.*;\nimport java.util.*;\n"
                + "import org.jspecify.annotations.Nullable;\npublic class Rows {\n" + types.group(1));
        for (int i = 0; i < readings.size(); i++) {
            source.append("  public ")
                    .append(readings.get(i))
                    .append(" row")
                    .append(i)
                    .append(";\n");
        }
        Sources.compile(folder, "Rows", source.append("}\n").toString());
        loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
        Class<?> rows = loader.loadClass("Rows");
        var compiled = new ArrayList<AnnotatedType>();
        for (int i = 0; i < readings.size(); i++) {
            compiled.add(rows.getField("row" + i).getAnnotatedType());
        }
        return compiled;
    }

    private String table(String name) {
        Matcher found = Pattern.compile(
                        "<!-- " + name + ": read by TypeTablesTest -->\n(.*?)<!-- " + name + ": end -->",
                        Pattern.DOTALL)
                .matcher(page);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    private String head(String name) {
        return table(name).lines().findFirst().orElseThrow();
    }

    private List<List<String>> rows(String name) {
        List<List<String>> rows = table(name)
                .lines()
                .skip(2)
                .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                .map(cells -> cells.subList(1, cells.size() - 1))
                .toList();
        assertThat(rows).hasSizeGreaterThan(20);
        return rows;
    }

    private static String code(String cell) {
        return codes(cell).get(0);
    }

    private static List<String> codes(@Nullable String cell) {
        return CODE.matcher(String.valueOf(cell))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
