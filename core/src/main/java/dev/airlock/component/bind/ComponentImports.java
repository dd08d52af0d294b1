package dev.airlock.component.bind;

import dev.airlock.component.Component;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.ComponentLinker;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.wit.ExternName;
import dev.airlock.wit.InterfaceVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Java objects whose methods implement what a component imports. Immutable; {@link #addTo} defines them in a linker.
 *
 * <pre>{@code
 * ComponentImports imports = ComponentImports.of(component).with("demo:kit/host", new Host());
 * imports.addTo(linker);
 * }</pre>
 *
 * <p>A function is implemented by the method of its name, as for {@link ComponentBindings#bind}; so are the constructors and
 * static functions of resources. Methods that match no import are ignored, and imports that no method implements stay
 * undefined. An object that is added later for the same function replaces the earlier one.
 *
 * <p>A resource of the host is a class or interface with the resource's name that is {@link AutoCloseable}. Its methods
 * implement those of the resource; {@code close()} is called when the guest drops an object that it owns, or is closed. The
 * methods of any of the objects, in any order, determine the class of a resource. If none mentions it, add it by name.
 *
 * <p>An instance in an interface, or an import of the world that is an instance but not a named interface, is implemented by
 * the object that a method of its name without parameters returns. Likewise, a method returns a
 * {@link dev.airlock.engine.Module} for a core module, a {@link Component} for a component, and may return a
 * {@link ComponentInstance} for an instance. Such a method is called once, when its object is added.
 *
 * <p>A checked exception that a method declares is the error of a {@code result}. Any other exception ends the guest's
 * execution with a {@link dev.airlock.error.Trap} that has the exception as its cause.
 */
public final class ComponentImports {
    private final Component component;
    private final List<ServedObject> objects;
    private final ImportServing.Offers offers;

    private ComponentImports(Component component, List<ServedObject> objects, ImportServing.Offers offers) {
        this.component = component;
        this.objects = objects;
        this.offers = offers;
    }

    /**
     * Returns imports without objects.
     *
     * @param component the component whose imports are implemented
     * @return the imports
     */
    public static ComponentImports of(Component component) {
        return new ComponentImports(component, List.of(), ImportServing.offers(component, List.of()));
    }

    /**
     * Returns these imports with an object that implements an interface.
     *
     * @param interfaceName the interface as the component imports it, or in a version that is compatible by the rules of
     *     {@link ComponentLinker}; without a version if the component imports only one
     * @param host the object
     * @param resources classes of the interface's resources that no method of any object mentions
     * @return the new imports
     * @throws SignatureException if the component imports no such interface, or the object implements nothing of it; or with
     *     all methods that do not match the import of their name, and why
     */
    public ComponentImports with(String interfaceName, Object host, Class<?>... resources) {
        Objects.requireNonNull(host, "host");
        return with(served(interfaceName, host).stream()
                .map(name -> new ServedObject(component, name, host, List.of(resources)))
                .toList());
    }

    /**
     * Returns these imports with an object that implements imports of the component's world outside of interfaces.
     *
     * @param host the object
     * @param resources classes of the world's resources that no method of any object mentions
     * @return the new imports
     * @throws SignatureException if the object implements no such import; or with all methods that do not match the import of
     *     their name, and why
     */
    public ComponentImports with(Object host, Class<?>... resources) {
        Objects.requireNonNull(host, "host");
        return with(List.of(new ServedObject(component, "", host, List.of(resources))));
    }

    private ComponentImports with(List<ServedObject> more) {
        var all = new ArrayList<>(objects);
        all.addAll(more);
        if (more.stream().noneMatch(ServedObject::serves)) {
            throw more.get(0).nothingServed();
        }
        return new ComponentImports(component, List.copyOf(all), ImportServing.offers(component, all));
    }

    /**
     * Defines everything that the objects implement in a linker. Definitions of the same names are replaced. Resources of
     * interfaces without an object are defined only if the linker has no definition of them.
     *
     * @param linker the linker to change
     */
    public void addTo(ComponentLinker linker) {
        offers.addTo(linker);
    }

    /** Returns the imports that an interface name satisfies, as in a linker: there may be several versions. */
    private List<String> served(String interfaceName, Object host) {
        Map<String, ComponentExternType> imports = component.type().imports();
        List<String> interfaces = imports.keySet().stream()
                .filter(name -> imports.get(name) instanceof ComponentExternType.Instance)
                .toList();
        List<String> served = interfaces.stream()
                .filter(name -> interfaceName.equals(InterfaceVersions.find(name, List.of(interfaceName))))
                .toList();
        if (!served.isEmpty()) {
            return served;
        }
        List<String> named = InterfaceVersions.named(interfaceName, interfaces);
        if (named.size() == 1) {
            return named;
        }
        if (named.size() > 1) {
            throw new SignatureException(
                    component.name() + " imports several versions of the interface \"" + interfaceName
                            + "\": " + String.join(", ", named) + "; name the one that "
                            + host.getClass().getName() + " serves");
        }
        throw unknown(interfaceName, interfaces, imports.get(interfaceName));
    }

    private SignatureException unknown(String name, List<String> interfaces, @Nullable ComponentExternType other) {
        if (other != null) {
            return new SignatureException(
                    "\"" + name + "\" is a " + other.sort() + " that " + component.name()
                            + " imports outside of interfaces: give the object that serves it by imports(host), without a name");
        }
        String alike = interfaces.stream()
                .filter(known -> ExternName.known(known) instanceof ExternName.Interface parsed
                        && parsed.label().equals(name))
                .findFirst()
                .map(known -> " (did you mean \"" + known + "\"?)")
                .orElseGet(() -> Nearest.hint(name, interfaces));
        return new SignatureException(component.name() + " imports no interface \"" + name + "\"" + alike
                + "; it imports " + (interfaces.isEmpty() ? "none" : String.join(", ", interfaces)));
    }

    @Override
    public String toString() {
        return objects.size() + " objects that serve " + component.name();
    }
}
