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
 * What a guest may reach of the world, and nothing else. Immutable; one may serve any number of instances, each of which
 * gets descriptors of its own.
 *
 * <p>By default there are no arguments but the guest's own name, no environment, no folders, no sockets, an empty standard input, and standard
 * output and error go nowhere. Clocks and randomness are the host's.
 *
 * <p>It comes to a guest through a door: {@code WasiPreview1.addTo(linker, ctx)} for guests of preview 1.
 */
public final class WasiCtx {
    /** How many descriptors an instance may have open, unless said otherwise: 1,024. */
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

    /** A folder to be opened for each instance. */
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

    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts with all that this context gives. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Returns this context with standard streams where it has none of its own: where its builder was given no stream, these
     * are used.
     */
    public WasiCtx withDefaultStreams(Input in, Output out, Output err) {
        Builder builder = toBuilder();
        return builder.stdin(stdin == null ? in : stdin)
                .stdout(stdout == null ? out : stdout)
                .stderr(stderr == null ? err : stderr)
                .build();
    }

    /**
     * All arguments, the program's name first.
     *
     * @param guest the name where none was given
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

        /** Sets the name that the guest finds as its first argument, {@code argv[0]}: its module's name by default. */
        public Builder programName(String name) {
            programName = noNul(name, "the name of a program");
            return this;
        }

        /** Adds an argument. The program's name, which comes before all arguments, is not one of them. */
        public Builder arg(String arg) {
            args.add(noNul(arg, "an argument"));
            return this;
        }

        /** Adds arguments, which follow the program's name and those given before. */
        public Builder args(String... more) {
            return args(List.of(more));
        }

        /** Adds arguments, which follow the program's name and those given before. */
        public Builder args(List<String> more) {
            more.forEach(this::arg);
            return this;
        }

        /** A variable of the environment; a later one of the same name replaces it. */
        public Builder env(String name, String value) {
            if (!isVariable(name)) {
                throw new IllegalArgumentException("the name of a variable is not empty and has no '=' in it: " + name);
            }
            env.put(noNul(name, "the name of a variable"), noNul(value, "the value of " + name));
            return this;
        }

        /**
         * All variables of this process's environment, as they are now; those of the same name are replaced. Environments
         * often hold passwords and keys: give a guest that you do not trust the variables that it needs, one by one.
         */
        public Builder inheritEnv() {
            // Windows has variables such as "=C:", which are no concern of a guest's.
            System.getenv().forEach((name, value) -> {
                if (isVariable(name)) {
                    env(name, value);
                }
            });
            return this;
        }

        public Builder stdin(Input input) {
            stdin = Objects.requireNonNull(input, "input");
            return this;
        }

        public Builder stdout(Output output) {
            stdout = Objects.requireNonNull(output, "output");
            return this;
        }

        public Builder stderr(Output output) {
            stderr = Objects.requireNonNull(output, "output");
            return this;
        }

        /** The three standard streams of this process. */
        public Builder inheritStdio() {
            return stdin(Input.inherit()).stdout(Output.inherit()).stderr(Output.inheritError());
        }

        /**
         * A folder that the guest may read and write, with all that is in it, and no bounds but the disk's.
         *
         * @param host the folder here, of any file system that Java knows
         * @param guest the name that the guest sees it by, such as {@code /data}; a later folder of the same name
         *     replaces it
         */
        public Builder preopenedDir(Path host, String guest) {
            return preopenedDir(host, guest, FolderRules.forWriting());
        }

        /**
         * A folder that the guest may reach by rules: {@link FolderRules#forReading()}, or how much it may add.
         *
         * @param host the folder here, of any file system that Java knows
         * @param guest the name that the guest sees it by, such as {@code /data}; a later folder of the same name
         *     replaces it
         */
        public Builder preopenedDir(Path host, String guest, FolderRules rules) {
            noNul(guest, "the name of a folder");
            preopens.put(
                    guest,
                    new Preopen(guest, Objects.requireNonNull(host, "host"), Objects.requireNonNull(rules, "rules")));
            return this;
        }

        /**
         * A listening socket, whose connections the guest may accept. It becomes non-blocking, and stays the caller's to
         * close. Guests find it at the first descriptor after the folders'.
         */
        public Builder listeningSocket(ServerSocketChannel socket) {
            listeners.add(Objects.requireNonNull(socket, "socket"));
            return this;
        }

        /** How many descriptors an instance may have open, its streams, folders and sockets included. */
        public Builder maxDescriptors(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("a number of descriptors is not negative: " + count);
            }
            maxDescriptors = count;
            return this;
        }

        /** What time it is for the guest. */
        public Builder clocks(WasiClocks given) {
            clocks = Objects.requireNonNull(given, "given");
            return this;
        }

        /** Where the guest's randomness comes from; asked once for each instance. By default a {@link SecureRandom}. */
        public Builder random(Supplier<? extends RandomGenerator> source) {
            random = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Gives each instance the same random bytes. For tests: a guest's keys and hashes can then be guessed. */
        public Builder insecureRandomSeed(long seed) {
            return random(() -> new SplittableRandom(seed));
        }

        public WasiCtx build() {
            return new WasiCtx(this);
        }

        private static boolean isVariable(String name) {
            return !name.isEmpty() && name.indexOf('=') < 0;
        }

        /** Guests read these as C strings, which would end at a NUL. */
        private static String noNul(String text, String what) {
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(what + " has a NUL character in it");
            }
            return text;
        }
    }
}
