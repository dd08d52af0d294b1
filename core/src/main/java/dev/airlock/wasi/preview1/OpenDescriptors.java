package dev.airlock.wasi.preview1;

import dev.airlock.limit.Limits;
import dev.airlock.wasi.Sandbox;
import dev.airlock.wasi.WasiCtx;

/**
 * The open resources of one instance, from its creation to its end. They do not refer to the instance: see {@link
 * dev.airlock.engine.HostModule#holdings}.
 */
final class OpenDescriptors implements AutoCloseable {
    final Sandbox sandbox;
    final DescriptorTable descriptors;

    private OpenDescriptors(Sandbox sandbox) throws Refusal {
        this.sandbox = sandbox;
        descriptors = new DescriptorTable(sandbox.maxDescriptors());
        descriptors.add(new InputDescriptor(sandbox.stdin(), sandbox.stdinIsTerminal()));
        descriptors.add(new OutputDescriptor(sandbox.stdout(), sandbox.stdoutIsTerminal()));
        descriptors.add(new OutputDescriptor(sandbox.stderr(), sandbox.stderrIsTerminal()));
        for (Sandbox.Folder folder : sandbox.folders()) {
            descriptors.add(new DirectoryDescriptor(
                    folder.directory(),
                    folder.name(),
                    Rights.OF_DIRECTORIES,
                    Rights.OF_DIRECTORIES | Rights.OF_FILES,
                    0));
        }
        for (var listener : sandbox.listeners()) {
            descriptors.add(new ListenerDescriptor(listener));
        }
        descriptors.areGiven();
    }

    /**
     * Opens what a context gives to a guest.
     *
     * @throws IllegalArgumentException if it gives more descriptors than the guest may have
     */
    static OpenDescriptors open(WasiCtx ctx, String guest, Limits limits) {
        Sandbox sandbox = Sandbox.open(ctx, guest, limits);
        try {
            return new OpenDescriptors(sandbox);
        } catch (Refusal e) {
            sandbox.close();
            throw new IllegalArgumentException("the context gives the guest more than the " + sandbox.maxDescriptors()
                    + " descriptors that it may have");
        }
    }

    @Override
    public void close() {
        try (sandbox) {
            descriptors.closeAll();
        }
    }
}
