package dev.airlock.conformance.differential;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** V8 in a process of its own, which runs the resource {@code differential.mjs}. */
final class NodeProcess implements AutoCloseable {
    /**
     * Exceptions as references are finished in V8 before it switches them on by itself. Without its baseline compiler, which in
     * node 20 crashes the process on tail calls among exceptions.
     */
    private static final List<String> FLAGS = List.of("--experimental-wasm-exnref", "--no-liftoff");

    /** A module that is valid only with a proposal, in hexadecimal digits. */
    private static final Map<String, String> PROBES = Map.of(
            // (func (drop (i8x16.relaxed_swizzle (v128.const 0) (v128.const 0)))), by i32.const 0, i8x16.splat
            "relaxed", "0061736d01000000010401600000030201000a10010e00" + "4100fd0f4100fd0ffd80021a0b",
            // (memory 1 1 shared)
            "atomic", "0061736d0100000005040103" + "0101",
            // (func (return_call 0))
            "tail", "0061736d01000000010401600000030201000a0601040012000b",
            // (type (func (param (ref null 0))))
            "typed", "0061736d01000000010601600163" + "0000",
            // (type (struct))
            "gc", "0061736d01000000010301" + "5f00",
            // (func (try_table (catch_all 0)))
            "exnref", "0061736d01000000010401600000030201000a0a010800" + "1f400102000b0b",
            // (func (try (do) (catch_all)))
            "legacy", "0061736d01000000010401600000030201000a080106000640190b0b",
            // (tag (type 0))
            "exceptions", "0061736d01000000010401600000" + "0d03010000",
            // (memory i64 1)
            "memory64", "0061736d010000000503010401");

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    /** @param command the path of node */
    NodeProcess(String command) throws IOException {
        Path script = Files.createTempFile("differential", ".mjs");
        try (InputStream source = NodeProcess.class.getResourceAsStream("/differential.mjs")) {
            if (source == null) {
                throw new IllegalStateException("differential.mjs is missing");
            }
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        script.toFile().deleteOnExit();
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(known(command));
        all.add(script.toString());
        process = new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns whether there is a node of this name or path. */
    static boolean runs(String command) {
        try {
            Process trial = new ProcessBuilder(command, "--version")
                    .redirectErrorStream(true)
                    .start();
            trial.getInputStream().readAllBytes();
            return exitCode(trial) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the flags that this version of node knows. */
    private static List<String> known(String command) throws IOException {
        List<String> all = new ArrayList<>();
        for (String flag : FLAGS) {
            Process trial = new ProcessBuilder(command, flag, "-e", "0")
                    .redirectErrorStream(true)
                    .start();
            trial.getInputStream().readAllBytes();
            if (exitCode(trial) == 0) {
                all.add(flag);
            }
        }
        return all;
    }

    private static int exitCode(Process trial) {
        try {
            return trial.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the proposals that this V8 has. */
    Set<String> proposals() throws IOException {
        Set<String> found = new HashSet<>();
        for (Map.Entry<String, String> probe : PROBES.entrySet()) {
            byte[] bytes = HexFormat.of().parseHex(probe.getValue());
            if (ask(Map.of("probe", Base64.getEncoder().encodeToString(bytes))).asBoolean()) {
                found.add(probe.getKey());
            }
        }
        return found;
    }

    JsonNode ask(Map<String, Object> request) throws IOException {
        in.write(JsonMapper.shared().writeValueAsString(request));
        in.newLine();
        in.flush();
        String line = out.readLine();
        if (line == null) {
            throw new IOException("node ended");
        }
        return JsonMapper.shared().readTree(line);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
