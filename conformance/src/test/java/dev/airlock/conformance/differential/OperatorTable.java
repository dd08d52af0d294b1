package dev.airlock.conformance.differential;

import dev.airlock.conformance.WasmBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All operators that modules are generated of: the resource {@code operators.txt}. */
final class OperatorTable {
    /**
     * One operator.
     *
     * @param prefix 0 for none
     * @param result empty if there is none
     * @param alignment the logarithm of the natural alignment; -1 for an operator without a memory
     * @param lanes how many lanes its immediate chooses from; 0 if it has none
     * @param nan the type whose NaNs it makes; empty if it makes none
     * @param guard how its operands are restricted; empty for not at all
     * @param proposal what an engine may lack; empty if all have it
     */
    record Operator(
            String name,
            int prefix,
            int number,
            String parameters,
            String result,
            int alignment,
            int lanes,
            boolean isShuffle,
            boolean isStructure,
            String nan,
            String guard,
            String proposal) {
        void write(WasmBytes out) {
            if (prefix == 0) {
                out.raw(number);
            } else {
                out.raw(prefix).u(number);
            }
        }
    }

    private static final Map<String, Operator> ALL = read();

    private OperatorTable() {}

    private static Map<String, Operator> read() {
        try (InputStream in = OperatorTable.class.getResourceAsStream("/operators.txt")) {
            if (in == null) {
                throw new IllegalStateException("operators.txt is missing");
            }
            Map<String, Operator> all = new LinkedHashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(OperatorTable::parse)
                    .forEach(operator -> all.put(operator.name(), operator));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Operator parse(String line) {
        String[] words = line.split(" ");
        String[] code = words[0].split("\\.");
        int number = Integer.parseInt(code[code.length - 1], 16);
        int alignment = -1;
        int lanes = 0;
        String nan = "";
        String guard = "";
        String proposal = "";
        for (int i = 4; i < words.length; i++) {
            String[] note = words[i].split("=");
            switch (note[0]) {
                case "memory" -> alignment = Integer.parseInt(note[1]);
                case "lanes" -> lanes = Integer.parseInt(note[1]);
                case "nan" -> nan = note[1];
                case "guard" -> guard = note[1];
                case "structure", "shuffle" -> {}
                default -> proposal = note[0];
            }
        }
        List<String> notes = List.of(words).subList(4, words.length);
        return new Operator(
                words[1],
                code.length == 1 ? 0 : Integer.parseInt(code[0], 16),
                number,
                words[2].equals("-") ? "" : words[2],
                words[3].equals("-") ? "" : words[3],
                alignment,
                lanes,
                notes.contains("shuffle"),
                notes.contains("structure"),
                nan,
                guard,
                proposal);
    }

    static Operator named(String name) {
        Operator found = ALL.get(name);
        if (found == null) {
            throw new IllegalArgumentException("unknown operator: " + name);
        }
        return found;
    }

    static List<Operator> all() {
        return new ArrayList<>(ALL.values());
    }

    /** Returns the operators with a result of a type, or without a result, that are chosen by their type alone. */
    static List<Operator> of(String result) {
        return ALL.values().stream()
                .filter(operator -> !operator.isStructure() && operator.result().equals(result))
                .toList();
    }
}
