package dev.airlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.airlock.engine.Linker;
import dev.airlock.error.LinkException;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.error.WitException;
import dev.airlock.mapping.GuestName;
import dev.airlock.type.RecordValue;
import dev.airlock.type.ValType;
import dev.airlock.wit.Wave;
import dev.airlock.wit.WitSignatures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wherever a name is wrong and another is near, the error says which. */
class NearestNamesTest {
    interface Misspelt {
        String gret(String name);
    }

    interface Misnamed {
        @GuestName("gret")
        String hello(String name);
    }

    @GuestName("apo")
    interface OfNoInterface {
        String greet(String name);
    }

    @GuestName("demo:kti/api")
    interface OfNoPackage {
        String greet(String name);
    }

    interface Account extends AutoCloseable {
        long balence();

        @Override
        void close();
    }

    interface Bank {
        Account newAccount(String owner);
    }

    interface Builder {
        Account newAcount(String owner);
    }

    record Line(Point start, Point finish, String labl) {}

    record Point(int x, int y) {}

    interface Lines {
        List<Line> echoLines(List<Line> lines);
    }

    private static String refusal(String file, Class<?> type) {
        try (Guest guest = Airlock.open(Guests.file(file)).unknownImportsAsTraps()) {
            Throwable refused = catchThrowable(() -> guest.as(type));
            assertThat(refused).isInstanceOf(SignatureException.class);
            return refused.getMessage();
        }
    }

    @Test
    void methodsOfInterfaces() {
        assertThat(refusal("c/kit", Misspelt.class))
                .contains(
                        "Misspelt.gret: the guest exports no function gret, Gret (did you mean \"greet\"?); it exports ");
        assertThat(refusal("c/kit", Misnamed.class))
                .contains("Misnamed.hello: the guest exports no function gret (did you mean \"greet\"?); it exports ");
        assertThat(refusal("components/c/kit", Misspelt.class))
                .contains("does not have it (did you mean \"greet\"?); there is ");
        assertThat(refusal("components/c/kit", Misnamed.class))
                .contains("does not have it (did you mean \"greet\"?); there is ");
    }

    @Test
    void resources() {
        assertThat(refusal("components/c/kit", Bank.class)).contains("(did you mean \"[method]account.balance\"?)");
        assertThat(refusal("components/c/kit", Builder.class)).contains("(did you mean \"[constructor]account\"?)");
    }

    @Test
    void interfacesOfComponents() {
        assertThat(refusal("components/c/kit", OfNoInterface.class))
                .contains("the component exports no interface apo (did you mean \"demo:kit/api\"?); it exports ");
        assertThat(refusal("components/c/kit", OfNoPackage.class))
                .contains("no interface demo:kti/api (did you mean \"demo:kit/api\"?)");
    }

    @Test
    void fieldsOfRecords() {
        assertThat(refusal("components/c/kit", Lines.class))
                .contains("WIT has the field label, Java has no such component (did you mean \"labl\"?); it has ")
                .contains("Java has the component labl, WIT has no such field (did you mean \"label\"?); it has ");
    }

    @Test
    void exportsAndImports() {
        assertThatThrownBy(() -> Guests.instance("wat/numbers").function("ad"))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("did you mean");
        assertThatThrownBy(() ->
                        new Linker().function("env", "calback", () -> 1).instantiate(Guests.module("wat/callback")))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("(did you mean \"env.calback\"?)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f: func(a: strng)          | there is no type \"strng\" (did you mean \"string\"?)",
                "f: func(a: lst<u8>)        | there is no type \"lst\" with parameters (did you mean \"list\"?)",
                "f: func(a: i32)            | there is no type \"i32\" (did you mean \"s32\"?)",
            })
    void typesOfWit(String text, String said) {
        assertThatThrownBy(() -> WitSignatures.parse(text))
                .isInstanceOf(WitException.class)
                .hasMessageContaining(said);
    }

    private static ValType type(String declaration) {
        return WitSignatures.parse(declaration + " f: func(it: t);")
                .functions()
                .get("f")
                .params()
                .get(0)
                .type();
    }

    @Test
    void namesInWave() {
        assertThatThrownBy(() -> Wave.parse(type("record t { price: u8 }"), "{prise: 1}"))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("has no field \"prise\" (did you mean \"price\"?)");
        assertThatThrownBy(() -> Wave.parse(type("enum t { red, green }"), "gren"))
                .hasMessageContaining("has no case \"gren\" (did you mean \"green\"?)");
        assertThatThrownBy(() -> Wave.parse(type("flags t { read, write }"), "{rite}"))
                .hasMessageContaining("has no flag \"rite\" (did you mean \"write\"?)");
        assertThatThrownBy(() -> Wave.parse(type("variant t { none, some(u8) }"), "sme(1)"))
                .hasMessageContaining("has no case \"sme\" (did you mean \"some\"?)");
    }

    @Test
    void nothingIsSuggestedThatIsFar() {
        assertThat(Nearest.hint("greet", List.of("farewell"))).isEmpty();
        assertThat(Nearest.hint("greet", List.of())).isEmpty();
        assertThat(Nearest.hint(List.of("xyz", "gret"), List.of("greet"))).isEqualTo(" (did you mean \"greet\"?)");
        assertThat(Nearest.hint("a", List.of("a".repeat(1_000_000)))).isEmpty();
        assertThat(catchThrowable(() -> Nearest.hint("getInput", List.of("get_input"))))
                .isNull();
    }

    @Test
    void aFieldOfAValue() {
        var record = (RecordValue) Wave.parse(type("record t { price: u8 }"), "{price: 1}");
        assertThatThrownBy(() -> record.get("prise"))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("has no field \"prise\" (did you mean \"price\"?)");
    }
}
