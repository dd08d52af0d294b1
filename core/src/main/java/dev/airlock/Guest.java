package dev.airlock;

import dev.airlock.binding.Bindings;
import dev.airlock.binding.HostBindings;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Entry;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.SignatureException;
import dev.airlock.program.Program;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A guest that was opened: compiled, and ready to be bound to Java interfaces.
 *
 * <p>What is said of it ({@link #convention}, {@link #imports}, {@link #wasi}) gives a guest of which that is said; the one
 * before is as it was. All of them share the compiled code. Closing any closes the instances that were made through all.
 */
public final class Guest implements AutoCloseable {
    private final Module module;
    private final Detection detection;
    private final WasiCtx wasi;
    private final List<Consumer<Linker>> imports;
    private final Opened opened;

    /** The instances that are closed with the guest. */
    private static final class Opened {
        private final List<Instance> instances = new ArrayList<>();
        private boolean closed;

        synchronized void add(Instance instance, Module module) {
            if (closed) {
                instance.close();
                throw new InstanceStateException("the guest " + module.name() + " is closed");
            }
            instances.add(instance);
            Entry.onClose(instance, () -> remove(instance));
        }

        private synchronized void remove(Instance instance) {
            instances.remove(instance);
        }

        synchronized void close() {
            closed = true;
            List.copyOf(instances).forEach(Instance::close);
        }
    }

    Guest(Module module) {
        this(
                module,
                Detection.of(module.exports(), module.imports(), module.producers()),
                WasiCtx.builder().build(),
                List.of(),
                new Opened());
    }

    private Guest(Module module, Detection detection, WasiCtx wasi, List<Consumer<Linker>> imports, Opened opened) {
        this.module = module;
        this.detection = detection;
        this.wasi = wasi;
        this.imports = imports;
        this.opened = opened;
    }

    /** What it was compiled to. */
    public Module module() {
        return module;
    }

    /** Which convention it follows, and why. */
    public Detection detection() {
        return detection;
    }

    /** The same guest by a convention that is chosen, not detected. */
    public Guest convention(Convention convention) {
        return new Guest(module, Detection.chosen(convention), wasi, imports, opened);
    }

    /**
     * The same guest with imports that the methods of a Java object serve, under the guest's convention:
     * {@code void log(String message)} serves {@code env.log(ptr, len)}.
     *
     * @param importModule the first of the imports' two names, such as {@code env}
     * @param host its methods are called by the thread that calls the guest
     * @throws SignatureException if a method does not fit the import of its name
     */
    public Guest imports(String importModule, Object host) {
        Objects.requireNonNull(host, "host");
        // Bound now, and once for all instances, so that what does not fit is said where it is given.
        return linking(HostBindings.serve(module, detection, importModule, host));
    }

    /** The same guest with imports that are defined one level below, offsets and all. */
    public Guest linking(Consumer<Linker> definitions) {
        var more = new ArrayList<>(imports);
        more.add(definitions);
        return new Guest(module, detection, wasi, List.copyOf(more), opened);
    }

    /** The same guest with what it may reach of the world. Without this it is given nothing. */
    public Guest wasi(WasiCtx ctx) {
        return new Guest(module, detection, Objects.requireNonNull(ctx, "ctx"), imports, opened);
    }

    /**
     * This guest as a program.
     *
     * @throws SignatureException if it is none
     */
    public Program program() {
        return Program.of(module, linker -> imports.forEach(definitions -> definitions.accept(linker)));
    }

    /**
     * A new instance of this guest, with its imports.
     *
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public Instance instantiate() {
        Linker linker = new Linker();
        WasiPreview1.addTo(linker, wasi);
        imports.forEach(definitions -> definitions.accept(linker));
        Instance instance = linker.instantiate(module);
        opened.add(instance, module);
        return instance;
    }

    /**
     * This guest as a Java interface.
     *
     * <p>A library gets a new instance, and each method calls the function of its name: see {@link Bindings#bind}. If the
     * interface is {@link AutoCloseable}, its {@code close()} closes that instance. A program is one method: see
     * {@link Program#as}.
     *
     * @throws SignatureException with all that does not fit, on both sides
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public <T> T as(Class<T> type) {
        if (module.isCommand()) {
            return program().as(type);
        }
        Instance instance = instantiate();
        try {
            return Bindings.bind(instance, detection, type);
        } catch (RuntimeException | Error e) {
            instance.close();
            throw e;
        }
    }

    /** Closes all instances that were made. */
    @Override
    public void close() {
        opened.close();
    }

    @Override
    public String toString() {
        return "guest " + module.name();
    }
}
