package dev.airlock.cli;

import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.files.FolderRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a guest is given of this machine. */
final class Grants {
    private static final String READ_ONLY = ":ro";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "Gives the guest a variable of the environment; without a value, this process's.")
    private List<String> env = new ArrayList<>();

    @Option(names = "--env-inherit", description = "Gives the guest all variables of this process's environment.")
    private boolean inheritEnv;

    @Option(
            names = "--dir",
            paramLabel = "HOST[::GUEST][:ro]",
            description = "Lets the guest read and write a folder, by the name GUEST, or else by the name it has here;"
                    + " with :ro at the end it may only read.")
    private List<String> dirs = new ArrayList<>();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Lets the guest accept connections at an address of this machine: its first descriptor after"
                    + " the folders'.")
    private List<String> listen = new ArrayList<>();

    void give(WasiCtx.Builder ctx) {
        if (inheritEnv) {
            System.getenv().forEach(ctx::env);
        }
        for (String variable : env) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                ctx.env(variable.substring(0, equals), variable.substring(equals + 1));
            } else {
                ctx.env(variable, ownValue(variable));
            }
        }
        for (String dir : dirs) {
            boolean readOnly = dir.endsWith(READ_ONLY);
            String names = readOnly ? dir.substring(0, dir.length() - READ_ONLY.length()) : dir;
            int separator = names.indexOf("::");
            String host = separator < 0 ? names : names.substring(0, separator);
            ctx.preopenedDir(
                    Path.of(host),
                    separator < 0 ? names : names.substring(separator + 2),
                    readOnly ? FolderRules.forReading() : FolderRules.forWriting());
        }
        for (String address : listen) {
            ctx.listeningSocket(listener(address));
        }
    }

    /** Open for as long as this process runs, as the guest is. */
    private ServerSocketChannel listener(String address) {
        int colon = address.lastIndexOf(':');
        try {
            var socket = new InetSocketAddress(
                    address.substring(0, Math.max(0, colon)), Integer.parseInt(address.substring(colon + 1)));
            if (colon <= 0 || socket.isUnresolved()) {
                throw wrong("--listen " + address + ": there is no such address; it has to be HOST:PORT");
            }
            return ServerSocketChannel.open().bind(socket);
        } catch (IllegalArgumentException e) {
            throw wrong("--listen " + address + ": it has to be HOST:PORT, with a port from 0 to 65535");
        } catch (IOException e) {
            throw new UncheckedIOException("--listen " + address + ": " + e.getMessage(), e);
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }

    private String ownValue(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw wrong("--env " + variable + ": no value is given, and there is no such variable here");
        }
        return value;
    }
}
