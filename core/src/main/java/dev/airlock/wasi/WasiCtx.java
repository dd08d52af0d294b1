package dev.airlock.wasi;

import dev.airlock.engine.Linker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a guest may reach of the world, and nothing else. Immutable; one may serve any number of instances, each of which
 * gets descriptors of its own.
 *
 * <p>By default there are no arguments, no environment, no folders, an empty standard input, and standard output and
 * error go nowhere. Clocks and randomness are the host's.
 */
public final class WasiCtx {
    private final List<String> args;
    private final Map<String, String> env;
    private final Input stdin;
    private final Output stdout;
    private final Output stderr;
    private final Map<String, Path> preopens;

    private WasiCtx(Builder from) {
        args = List.copyOf(from.args);
        env = new LinkedHashMap<>(from.env);
        stdin = from.stdin;
        stdout = from.stdout;
        stderr = from.stderr;
        preopens = new LinkedHashMap<>(from.preopens);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Offers WASI preview 1 to all modules that this linker instantiates. */
    public void addTo(Linker linker) {
        new Preview1(this).addTo(linker);
    }

    List<String> args() {
        return args;
    }

    Map<String, String> env() {
        return env;
    }

    Input stdin() {
        return stdin;
    }

    Output stdout() {
        return stdout;
    }

    Output stderr() {
        return stderr;
    }

    Map<String, Path> preopens() {
        return preopens;
    }

    /** Collects what a guest may reach. */
    public static final class Builder {
        private final List<String> args = new ArrayList<>();
        private final Map<String, String> env = new LinkedHashMap<>();
        private final Map<String, Path> preopens = new LinkedHashMap<>();
        private Input stdin = Input.empty();
        private Output stdout = Output.discard();
        private Output stderr = Output.discard();

        private Builder() {}

        /** One more argument. The first is the program's own name. */
        public Builder arg(String arg) {
            args.add(noNul(arg, "an argument"));
            return this;
        }

        /** More arguments. */
        public Builder args(List<String> more) {
            more.forEach(this::arg);
            return this;
        }

        /** A variable of the environment; a later one of the same name replaces it. */
        public Builder env(String name, String value) {
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                throw new IllegalArgumentException("the name of a variable is not empty and has no '=' in it: " + name);
            }
            env.put(noNul(name, "the name of a variable"), noNul(value, "the value of " + name));
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
         * A folder that the guest may read and write, with all that is in it.
         *
         * <p>Endive's WASI, which this version uses, follows a link inside of the folder that leads out of it when a guest
         * makes or deletes files. A guest cannot make such a link; give no folder that has one to a guest that you do not
         * trust.
         *
         * @param host the folder here
         * @param guest the name that the guest sees it by, such as {@code /data}
         */
        public Builder preopenedDir(Path host, String guest) {
            preopens.put(noNul(guest, "the name of a folder"), Objects.requireNonNull(host, "host"));
            return this;
        }

        public WasiCtx build() {
            return new WasiCtx(this);
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
