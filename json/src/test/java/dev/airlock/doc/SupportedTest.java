package dev.airlock.doc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.error.ModuleException;
import dev.airlock.wit.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the engine supports exactly the proposals and features that {@code docs/SUPPORTED.md} lists. */
class SupportedTest {
    private static final String HEADER = "0061736d01000000";

    /** For each proposal a module that uses it, without its header. It exports run: () -> i32, which returns 1. */
    private static final String MODULES = """
            mutable globals                       | 0105016000017f030201000606017f0141010b070b02016703000372756e00000a0601040023000b
            sign extension                        | 0105016000017f030201000707010372756e00000a070105004101c00b
            non-trapping float-to-int conversions | 0105016000017f030201000707010372756e00000a0f010d0044000000000000f83ffc020b
            multi-value                           | 010a026000027f7f6000017f03030200010707010372756e00010a0e020600410141000b050010006a0b
            bulk memory                           | 0105016000017f0302010005030100010707010372756e00000a12011000410041014101fc0b0041002d00000b
            reference types                       | 0105016000017f030201000404016f00010707010372756e00000a0901070041002500d10b
            extended constant expressions         | 0105016000017f030201000609017f00410141006a0b0707010372756e00000a0601040023000b
            tail calls                            | 0105016000017f03030200000707010372756e00010a0b02040041010b040012000b
            multiple memories                     | 0105016000017f03020100050502000100010707010372756e00000a0a01080041002d4001000b0b0801020141000b0101
            threads                               | 0105016000017f030201000504010301010707010372756e00000a1301110041004101fe1e02001a4100fe1002000b
            exceptions                            | 0109026000017f60017f00030201000d030100010707010372756e00000a13011100027f1f4001000000410108000b000b0b
            typed function references             | 0105016000017f03030200000707010372756e0001090501030001000a0d02040041010b0600d20014000b
            garbage collection                    | 0109026000017f5f017f00030201000707010372756e00000a0d010b004101fb0001fb0201000b
            branch hinting                        | 0105016000017f030201000707010372756e00000020196d657461646174612e636f64652e6272616e63685f68696e740100010301010a0b010900410004400b41010b
            fixed-width SIMD                      | 0105016000017f030201000707010372756e00000a19011700fd0c01000000000000000000000000000000fd1b000b
            relaxed SIMD                          | 0105016000017f030201000707010372756e00000a1c011a00fd0c0000803f000000000000000000000000fd8102fd1b000b
            memory64                              | 0105016000017f0302010005030104010707010372756e00000a0901070042002d00000b0b07010042000b0101
            legacy exceptions                     | 0108026000006000017f030201010d030100000707010372756e00000a0d010b00067f0800070041010b0b
            custom page sizes                     | 0105016000017f030201000504010801000707010372756e00000a060104003f000b
            wide arithmetic                       | 0105016000017f030201000707010372756e00000a10010e004201420042004200fc131aa70b
            compact import section                | 0105016000017f02050100007f00030201000707010372756e00000a0601040041010b
            stack switching                       | 0107026000017f5d00030201000707010372756e00000a0601040041010b
            shared-everything threads             | 0108026000017f655f00030201000707010372756e00000a0601040041010b
            custom descriptors                    | 0109026000017f4d005f00030201000707010372756e00000a0601040041010b
            """;

    private final String page;

    SupportedTest() throws IOException {
        page = Files.readString(Documents.root().resolve("docs/SUPPORTED.md"));
    }

    @Test
    void eachProposalRunsOrIsRefused() {
        Map<String, byte[]> modules = modules();
        Map<String, String> states = states();
        assertThat(states.keySet()).isEqualTo(modules.keySet());
        modules.forEach((proposal, bytes) -> {
            if (states.get(proposal).equals("runs")) {
                assertThat(run(proposal, bytes)).as(proposal).isEqualTo(1);
            } else {
                assertThat(states.get(proposal)).isEqualTo("refused");
                assertThatThrownBy(() -> run(proposal, bytes))
                        .as(proposal)
                        .isInstanceOf(ModuleException.class)
                        .hasMessageContaining(proposal);
            }
        });
    }

    @Test
    void eachFeatureThatComponentsAreRefusedForIsListed() {
        List<String> features = Stream.of(Feature.values())
                .map(feature -> feature.needed().split("\"")[1])
                .toList();
        assertThat(block("features").lines().map(line -> line.substring(2))).containsExactlyElementsOf(features);
    }

    private static int run(String proposal, byte[] bytes) {
        Instance instance = new Linker().instantiate(Engine.create().compile(proposal, bytes));
        return instance.function("run", IntSupplier.class).getAsInt();
    }

    private static Map<String, byte[]> modules() {
        var modules = new LinkedHashMap<String, byte[]>();
        MODULES.lines()
                .map(line -> line.split("\\|"))
                .forEach(cells -> modules.put(cells[0].strip(), HexFormat.of().parseHex(HEADER + cells[1].strip())));
        return modules;
    }

    private Map<String, String> states() {
        var states = new LinkedHashMap<String, String>();
        block("proposals")
                .lines()
                .skip(2)
                .map(line -> line.split("\\|"))
                .forEach(cells -> states.put(cells[1].strip(), cells[2].strip()));
        return states;
    }

    private String block(String name) {
        Matcher found = Pattern.compile(
                        "<!-- " + name + ": read by SupportedTest -->\n(.*?)<!-- " + name + ": end -->", Pattern.DOTALL)
                .matcher(page);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }
}
