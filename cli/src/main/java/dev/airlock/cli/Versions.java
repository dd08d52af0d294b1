package dev.airlock.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Returns the versions that {@code --version} prints. */
final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(unpackaged)");
        return new String[] {"airlock " + version, "Java " + System.getProperty("java.version")};
    }
}
