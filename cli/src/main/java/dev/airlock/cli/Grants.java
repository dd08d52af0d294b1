package dev.airlock.cli;

import dev.airlock.wasi.WasiCtx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that give a guest access to this machine. */
final class Grants {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description =
                    "Gives the guest an environment variable; NAME alone takes its value from this process. If a name"
                            + " is repeated, the last value counts.")
    private List<String> env = new ArrayList<>();

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description =
                    "Gives the guest the variables in a file, one NAME=VALUE on each line; # starts a comment line, and a"
                            + " NAME alone takes its value from this process. --env overrides them.")
    private List<Path> envFiles = new ArrayList<>();

    @Option(names = "--env-inherit", description = "Gives the guest all variables of this process's environment.")
    private boolean inheritEnv;

    @Option(
            names = "--dir",
            paramLabel = "HOST[::GUEST][:ro]",
            description = "Lets the guest read and write a folder under the name GUEST, or else under its own name;"
                    + " with :ro at the end the guest may only read.")
    private List<String> dirs = new ArrayList<>();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "Lets the guest accept connections at an address of this machine. The socket is the guest's first"
                            + " descriptor after those of the folders.")
    private List<String> listen = new ArrayList<>();

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, FolderGrant> folders = new LinkedHashMap<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();

    /**
     * Reads the options, before a guest is compiled or run.
     *
     * @throws ParameterException if one is wrong
     */
    void check() {
        if (inheritEnv) {
            variables.putAll(System.getenv());
        }
        for (Path file : envFiles) {
            String option = "--env-file " + file;
            for (String variable : checked(option, () -> EnvFile.read(file))) {
                add(option, variable);
            }
        }
        env.forEach(variable -> add("--env " + variable, variable));
        for (String dir : dirs) {
            FolderGrant folder = checked("--dir " + dir, () -> FolderGrant.parse(dir));
            FolderGrant other = folders.putIfAbsent(folder.guest(), folder);
            if (other != null) {
                throw wrong("--dir " + dir + ": the name " + folder.guest() + " is already used for the folder "
                        + other.host());
            }
            if (!Files.isDirectory(folder.host())) {
                throw new IllegalArgumentException("--dir " + dir + ": there is no folder " + folder.host());
            }
        }
        listen.forEach(address -> addresses.add(address(address)));
    }

    /** Returns whether any of the options is given. */
    boolean given() {
        return inheritEnv || !env.isEmpty() || !envFiles.isEmpty() || !dirs.isEmpty() || !listen.isEmpty();
    }

    /** Gives the guest what {@link #check} has read. */
    void give(WasiCtx.Builder ctx) {
        variables.forEach(ctx::env);
        folders.values().forEach(folder -> ctx.preopenedDir(folder.host(), folder.guest(), folder.rules()));
        addresses.forEach(address -> ctx.listeningSocket(listener(address)));
    }

    private void add(String option, String variable) {
        int equals = variable.indexOf('=');
        String name = equals < 0 ? variable : variable.substring(0, equals);
        if (name.isEmpty()) {
            throw wrong(option + ": the variable's name is missing: expected NAME or NAME=VALUE");
        }
        String value = equals < 0 ? System.getenv(name) : variable.substring(equals + 1);
        if (value == null) {
            throw wrong(option + ": " + (option.endsWith(" " + name) ? "" : name + ": ")
                    + "no value is given, and this process has no such variable");
        }
        variables.put(name, value);
    }

    private InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            var address = new InetSocketAddress(
                    text.substring(0, Math.max(0, colon)), Integer.parseInt(text.substring(colon + 1)));
            if (colon <= 0 || address.isUnresolved()) {
                throw wrong("--listen " + text + ": there is no such address; expected HOST:PORT");
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw wrong("--listen " + text + ": expected HOST:PORT, with a port from 0 to 65535");
        }
    }

    /** Opens a listener, which stays open until this process ends, as the guest does. */
    private static ServerSocketChannel listener(InetSocketAddress address) {
        try {
            return ServerSocketChannel.open().bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "--listen " + address.getHostString() + ":" + address.getPort() + ": " + e.getMessage(), e);
        }
    }

    /** Explains why a guest may not have found a file, based on the last lines that it wrote to standard error. */
    List<String> hints(String lastWords) {
        boolean notCapable = lastWords.contains("Capabilities insufficient")
                || lastWords.contains("failed to find a pre-opened file descriptor");
        if (!folders.isEmpty()) {
            return notCapable
                    ? List.of("the guest sees only these folders, under these names: "
                            + folders.keySet().stream().collect(Collectors.joining(", ")))
                    : List.of();
        }
        // Other libraries' messages, which they also use for files that do not exist.
        boolean notFound = lastWords.contains("No such file or directory") || lastWords.contains("Bad file number");
        return notCapable || notFound
                ? List.of(
                        "the guest was given no folder: --dir . gives it the current one, --dir HOST::GUEST one under another name")
                : List.of();
    }

    private <T> T checked(String option, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + e.getMessage());
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }
}
