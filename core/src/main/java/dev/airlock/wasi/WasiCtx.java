package dev.airlock.wasi;

import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a guest may reach: its arguments, environment, streams, folders, clocks, randomness and sockets. A guest cannot
 * reach anything else.
 *
 * <pre>{@code
 * WasiCtx ctx = WasiCtx.builder()
 *         .arg("--verbose")
 *         .env("LANG", "C.UTF-8")
 *         .stdin(Input.text("hello"))
 *         .stdout(Output.lines(System.out::println))
 *         .preopenedDir(Path.of("data"), "/data", FolderRules.forReading())
 *         .build();
 * var linker = new Linker();
 * WasiPreview1.addTo(linker, ctx);
 * }</pre>
 *
 * <p>Immutable. Any number of instances may share a context; each gets its own descriptors.
 *
 * <p>By default the only argument is the guest's own name, and there is no environment, no folder and no socket.
 * Standard input is empty, and standard output and error are dropped. Clocks and randomness are the host's.
 */
public final class WasiCtx {
    /** The most descriptors that an instance may have open, unless the builder sets another number: 1,024. */
    public static final int DEFAULT_MAX_DESCRIPTORS = 1_024;

    private final @Nullable String programName;
    private final List<String> args;
    private final Map<String, String> env;
    private final @Nullable Input stdin;
    private final @Nullable Output stdout;
    private final @Nullable Output stderr;
    private final List<Preopen> preopens;
    private final List<ServerSocketChannel> listeners;
    private final int maxDescriptors;
    private final WasiClocks clocks;
    private final Supplier<? extends RandomGenerator> random;

    /** A folder to open for each instance. */
    record Preopen(String guest, Path host, FolderRules rules) {}

    private WasiCtx(Builder from) {
        programName = from.programName;
        args = List.copyOf(from.args);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(from.env));
        stdin = from.stdin;
        stdout = from.stdout;
        stderr = from.stderr;
        preopens = List.copyOf(from.preopens.values());
        listeners = List.copyOf(from.listeners);
        maxDescriptors = from.maxDescriptors;
        clocks = from.clocks;
        random = from.random;
    }

    /** {@return a builder of a context that gives nothing yet} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that starts with everything that this context gives} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Returns this context with other defaults for its standard streams. They replace only the streams that its builder
     * was not given. Leaves this context unchanged.
     *
     * @param in the default standard input
     * @param out the default standard output
     * @param err the default standard error
     * @return the context
     */
    public WasiCtx withDefaultStreams(Input in, Output out, Output err) {
        Builder builder = toBuilder();
        return builder.stdin(stdin == null ? in : stdin)
                .stdout(stdout == null ? out : stdout)
                .stderr(stderr == null ? err : stderr)
                .build();
    }

    /**
     * Returns all arguments, the program's name first.
     *
     * @param guest the name to use if the builder was given none
     */
    List<String> args(String guest) {
        var all = new ArrayList<String>(args.size() + 1);
        all.add(programName == null ? guest : programName);
        all.addAll(args);
        return all;
    }

    Map<String, String> env() {
        return env;
    }

    Input stdin() {
        return stdin == null ? Input.empty() : stdin;
    }

    Output stdout() {
        return stdout == null ? Output.discard() : stdout;
    }

    Output stderr() {
        return stderr == null ? Output.discard() : stderr;
    }

    List<Preopen> preopens() {
        return preopens;
    }

    List<ServerSocketChannel> listeners() {
        return listeners;
    }

    int maxDescriptors() {
        return maxDescriptors;
    }

    WasiClocks clocks() {
        return clocks;
    }

    Supplier<? extends RandomGenerator> random() {
        return random;
    }

    /** Collects what a guest may reach. */
    public static final class Builder {
        private final List<String> args = new ArrayList<>();
        private final Map<String, String> env = new LinkedHashMap<>();
        private final Map<String, Preopen> preopens = new LinkedHashMap<>();
        private final List<ServerSocketChannel> listeners = new ArrayList<>();
        private int maxDescriptors = DEFAULT_MAX_DESCRIPTORS;
        private WasiClocks clocks = WasiClocks.system();
        private Supplier<? extends RandomGenerator> random = SecureRandom::new;
        private @Nullable String programName;
        private @Nullable Input stdin;
        private @Nullable Output stdout;
        private @Nullable Output stderr;

        private Builder() {}

        private Builder(WasiCtx from) {
            programName = from.programName;
            args.addAll(from.args);
            env.putAll(from.env);
            from.preopens.forEach(preopen -> preopens.put(preopen.guest(), preopen));
            listeners.addAll(from.listeners);
            maxDescriptors = from.maxDescriptors;
            clocks = from.clocks;
            random = from.random;
            stdin = from.stdin;
            stdout = from.stdout;
            stderr = from.stderr;
        }

        /**
         * Sets the guest's first argument, {@code argv[0]}. By default it is the name of the guest's module.
         *
         * @param name without a NUL character
         * @return this builder
         */
        public Builder programName(String name) {
            programName = noNul(name, "the name of a program");
            return this;
        }

        /**
         * Adds an argument after the program's name and the arguments given before.
         *
         * @param arg without a NUL character
         * @return this builder
         */
        public Builder arg(String arg) {
            args.add(noNul(arg, "an argument"));
            return this;
        }

        /**
         * Adds arguments after the program's name and the arguments given before.
         *
         * @param more without NUL characters
         * @return this builder
         */
        public Builder args(String... more) {
            return args(List.of(more));
        }

        /**
         * Adds arguments after the program's name and the arguments given before.
         *
         * @param more without NUL characters
         * @return this builder
         */
        public Builder args(List<String> more) {
            more.forEach(this::arg);
            return this;
        }

        /**
         * Sets a variable of the environment. Replaces an earlier variable of the same name.
         *
         * @param name not empty, without {@code =} and NUL characters
         * @param value without NUL characters
         * @return this builder
         */
        public Builder env(String name, String value) {
            if (!isVariable(name)) {
                throw new IllegalArgumentException("the name of a variable must not be empty or contain '=': " + name);
            }
            env.put(noNul(name, "the name of a variable"), noNul(value, "the value of " + name));
            return this;
        }

        /**
         * Adds all variables that this process's environment has now. Replaces earlier variables of the same names.
         * Environments often hold passwords and keys: give a guest that you do not trust only the variables that it
         * needs, one by one.
         *
         * @return this builder
         */
        public Builder inheritEnv() {
            // Windows has variables such as "=C:", which mean nothing to a guest.
            System.getenv().forEach((name, value) -> {
                if (isVariable(name)) {
                    env(name, value);
                }
            });
            return this;
        }

        /**
         * Sets the standard input.
         *
         * @param input where the guest reads from
         * @return this builder
         */
        public Builder stdin(Input input) {
            stdin = Objects.requireNonNull(input, "input");
            return this;
        }

        /**
         * Sets the standard output.
         *
         * @param output where the guest writes to
         * @return this builder
         */
        public Builder stdout(Output output) {
            stdout = Objects.requireNonNull(output, "output");
            return this;
        }

        /**
         * Sets the standard error.
         *
         * @param output where the guest writes to
         * @return this builder
         */
        public Builder stderr(Output output) {
            stderr = Objects.requireNonNull(output, "output");
            return this;
        }

        /**
         * Gives the guest the three standard streams of this process.
         *
         * @return this builder
         */
        public Builder inheritStdio() {
            return stdin(Input.inherit()).stdout(Output.inherit()).stderr(Output.inheritError());
        }

        /**
         * Gives the guest a folder to read and write, with everything in it. Only the disk bounds what the guest adds.
         *
         * @param host the host's folder, on any file system that Java knows
         * @param guest the path by which the guest sees it, such as {@code /data}; a later folder of the same path
         *     replaces it
         * @return this builder
         */
        public Builder preopenedDir(Path host, String guest) {
            return preopenedDir(host, guest, FolderRules.forWriting());
        }

        /**
         * Gives the guest a folder to use by rules: only to read, or with bounds for what it may add.
         *
         * @param host the host's folder, on any file system that Java knows
         * @param guest the path by which the guest sees it, such as {@code /data}; a later folder of the same path
         *     replaces it
         * @param rules what the guest may do in the folder
         * @return this builder
         */
        public Builder preopenedDir(Path host, String guest, FolderRules rules) {
            noNul(guest, "the name of a folder");
            preopens.put(
                    guest,
                    new Preopen(guest, Objects.requireNonNull(host, "host"), Objects.requireNonNull(rules, "rules")));
            return this;
        }

        /**
         * Gives the guest a listening socket, whose connections it may accept. Guests find it at the first descriptor
         * after those of the folders.
         *
         * @param socket becomes non-blocking; the caller closes it
         * @return this builder
         */
        public Builder listeningSocket(ServerSocketChannel socket) {
            listeners.add(Objects.requireNonNull(socket, "socket"));
            return this;
        }

        /**
         * Sets the most descriptors that an instance may have open, including its streams, folders and sockets.
         *
         * @param count not negative
         * @return this builder
         */
        public Builder maxDescriptors(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("the number of descriptors must not be negative, got " + count);
            }
            maxDescriptors = count;
            return this;
        }

        /**
         * Sets the clocks that the guest sees.
         *
         * @param given the clocks
         * @return this builder
         */
        public Builder clocks(WasiClocks given) {
            clocks = Objects.requireNonNull(given, "given");
            return this;
        }

        /**
         * Sets the source of the guest's randomness. By default it is a {@link SecureRandom}.
         *
         * @param source asked once for each instance
         * @return this builder
         */
        public Builder random(Supplier<? extends RandomGenerator> source) {
            random = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Gives each instance the same random bytes. For tests only: keys and hashes of such a guest can be guessed.
         *
         * @param seed equal seeds give equal bytes
         * @return this builder
         */
        public Builder insecureRandomSeed(long seed) {
            return random(() -> new SplittableRandom(seed));
        }

        /** {@return the context} */
        public WasiCtx build() {
            return new WasiCtx(this);
        }

        private static boolean isVariable(String name) {
            return !name.isEmpty() && name.indexOf('=') < 0;
        }

        /** Guests read these texts as C strings, which a NUL would end. */
        private static String noNul(String text, String what) {
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(what + " has a NUL character in it");
            }
            return text;
        }
    }
}
