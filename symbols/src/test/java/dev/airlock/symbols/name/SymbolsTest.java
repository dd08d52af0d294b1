package dev.airlock.symbols.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolsTest {
    /** The file has a line with a symbol of clang 19 for C++ 23, then a line with the result of LLVM's own tool. */
    @Test
    void cppSymbolsReadAsWithLlvm() throws Exception {
        check("cpp.txt", 240);
    }

    /** The file has a line with a symbol, then a line with the result of Rust's own library in a backtrace. */
    @Test
    void rustSymbolsReadAsWithRust() throws Exception {
        check("rust.txt", 80);
    }

    private static void check(String file, int atLeast) throws Exception {
        List<String> lines = lines(file);
        assertThat(lines).hasSizeGreaterThanOrEqualTo(atLeast);
        SoftAssertions.assertSoftly(all -> {
            for (int i = 0; i < lines.size(); i += 2) {
                all.assertThat(Symbols.readable(lines.get(i))).as(lines.get(i)).isEqualTo(lines.get(i + 1));
            }
        });
    }

    private static List<String> lines(String file) throws Exception {
        try (InputStream in = Objects.requireNonNull(SymbolsTest.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "_ZN3std9panicking9take_hook17h0123456789abcdefE; std::panicking::take_hook",
                "_ZN3std9panicking9take_hook17h0123456789abcdefE.llvm.8470551; std::panicking::take_hook",
                "_ZN48_$LT$std..fs..File$u20$as$u20$std..io..Write$GT$5write17h2839ab5123636692E;"
                        + " <std::fs::File as std::io::Write>::write",
                "_ZN4core3num52_$LT$impl$u20$core..str..FromStr$u20$for$u20$u16$GT$8from_str17h00000000000000ffE;"
                        + " core::num::<impl core::str::FromStr for u16>::from_str",
                "_ZN5alloc31_$LP$$RF$u8$C$$BP$x$RP$$u7e$1.217h0123456789abcdefE; alloc::(&u8,*x)~1.2",
                "core::panicking::panic::h0123456789abcdef; core::panicking::panic",
                "_$LT$T$u20$as$u20$U$GT$::go::h0123456789abcdef; <T as U>::go",
                "_RNqCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y;"
                        + " utf8_idents::საჭმელად_გემრიელი_სადილი",
                "_RMCs4fqI2P2rA04_13const_genericINtB0_8UnsignedKhb_E; <const_generic::Unsigned<11>>",
                "_RNvC1a1b.llvm.1; a::b",
                "_Z1fv.llvm.17; f() (.llvm.17)",
                "_ZNSsC1Ev; std::basic_string<char, std::char_traits<char>, std::allocator<char>>::basic_string()",
                "_ZNSsaSEc; std::string::operator=(char)",
                "_ZNKSt3__112basic_stringIcEixB7v160006Em;"
                        + " std::__1::basic_string<char>::operator[][abi:v160006](unsigned long) const",
                "_ZGVZ4mainE5value; guard variable for main::value",
                "_ZThn16_N1D1fEv; non-virtual thunk to D::f()",
                "_ZTCN1A1BE8_NS_1CE; construction vtable for A::C-in-A::B",
                "_ZZ1fiE1x_0; f(int)::x",
                "_Z1fDpi; f(int...)",
                "_Z3barIJRiOcEEvDpOT_; void bar<int&, char&&>(int&, char&&)",
                "_ZN1AcvT_IiEEv; A::operator int<int>()",
            })
    void namesOfAllSchemesAreRead(String symbol, String readable) {
        assertThat(Symbols.readable(symbol)).isEqualTo(readable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "main",
                "runtime.mallocgc",
                "(*strings.Builder).WriteString",
                "std::vector::push_back",
                "a::h0123456789abcdeg",
                "h0123456789abcdef",
                "_Z",
                "_ZN",
                "_ZN1a",
                "_ZN1aE1",
                "_Z99999999999a",
                "_Z1fT_",
                "_Z1fS_",
                "_Z1fIiEvT0_",
                "_Z1fIT_EvT_",
                "_ZN2$X17h0123456789abcdefE",
                "_ZN8$u1b$esc17h0123456789abcdefE",
                "_ZcvT_IT_E",
                "_R",
                "_RC",
                "_RNvC1a2b",
                "_RB_",
                "_RNvB_1a",
                "_RINvC1a1bRL0_hE",
                "_RNvC1au3a_",
                "_Rust",
                "_Zig",
            })
    void whatIsNotUnderstoodStaysAsItIs(String symbol) {
        assertThat(Symbols.readable(symbol)).isEqualTo(symbol);
    }

    /** Short symbols that stand for endless text, or for no text in endless steps; deep symbols; long symbols. */
    @Test
    void hostileSymbolsStayUnchanged() {
        SoftAssertions.assertSoftly(all -> hostile()
                .forEach(symbol -> all.assertThat(Symbols.readable(symbol))
                        .as(symbol.substring(0, Math.min(60, symbol.length())))
                        .isEqualTo(symbol)));
    }

    private static Stream<String> hostile() {
        return Stream.of(
                "_Z1f" + "P".repeat(15_000) + "i",
                "_Z1f" + "K".repeat(15_000) + "i",
                "_Z1f" + "U1a".repeat(5_000) + "i",
                "_Z1fIiE" + "N".repeat(8_000),
                "_ZN" + "1a".repeat(7_000) + "E",
                "_Z1f" + "I".repeat(8_000),
                "_Z1fI" + "J".repeat(8_000) + "E".repeat(8_000) + "Evv",
                "_Z1fXad" + "ad".repeat(7_000) + "Li1E",
                "_Z" + "Z".repeat(15_000) + "1fvE",
                "_Z1fI" + "LZ".repeat(5_000) + "1fvE",
                "_Z" + "a".repeat(5_000_000),
                "_Z2000000a",
                doublings(),
                "_R" + "I".repeat(10_000) + "C1a",
                "_RINvC1a1b" + "R".repeat(15_000) + "hE",
                "_RNvC1a" + "s".repeat(15_000),
                "_RINvC1a1bFG" + "Z".repeat(9) + "_EuE",
                rustDoublings());
    }

    /** Each class has the one before it twice as its argument. */
    private static String doublings() {
        var symbol = new StringBuilder("_Z1f1aIiiE");
        for (int i = 0; i < 60; i++) {
            String before = "S" + base36(2 * i) + "_";
            symbol.append("1bI").append(before).append(before).append("E");
        }
        return symbol.toString();
    }

    private static String base36(int number) {
        return Integer.toString(number, 36).toUpperCase(Locale.ROOT);
    }

    /** Each tuple has the one before it twice. */
    private static String rustDoublings() {
        var symbol = new StringBuilder("_RINvC1a1bTiiE");
        int before = "INvC1a1b".length();
        for (int i = 0; i < 40; i++) {
            int self = symbol.length() - 2;
            String reference = "B" + base62(before - 1) + "_";
            symbol.append("T").append(reference).append(reference).append("E");
            before = self;
        }
        return symbol.append("E").toString();
    }

    private static String base62(int number) {
        String digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        return number < 62 ? digits.substring(number, number + 1) : base62(number / 62) + base62(number % 62);
    }

    /** The result is the symbol or other text, whatever is changed, left out or inserted. */
    @Test
    void brokenSymbolsAreReadOrStayUnchanged() throws Exception {
        long seed = 20_260_917;
        var random = new Random(seed);
        List<String> symbols = Stream.concat(lines("cpp.txt").stream(), lines("rust.txt").stream())
                .filter(line -> line.startsWith("_Z") || line.startsWith("_R"))
                .toList();
        String letters = "SKPRTIEJNZ_0123456789abcdxLDQXGVMUl";
        long read = IntStream.range(0, 30_000)
                .filter(i -> {
                    var broken = new StringBuilder(symbols.get(random.nextInt(symbols.size())));
                    for (int change = random.nextInt(4); change >= 0; change--) {
                        int at = 2 + random.nextInt(broken.length() - 2);
                        String letter = String.valueOf(letters.charAt(random.nextInt(letters.length())));
                        broken.replace(at, at + random.nextInt(2), random.nextBoolean() ? letter : "");
                    }
                    String readable = Symbols.readable(broken.toString());
                    assertThat(readable).as(broken.toString()).isNotEmpty();
                    return !readable.contentEquals(broken);
                })
                .count();
        assertThat(read).isBetween(1_000L, 29_000L);
    }
}
