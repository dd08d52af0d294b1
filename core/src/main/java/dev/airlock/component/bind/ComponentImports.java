package dev.airlock.component.bind;

import dev.airlock.component.Component;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.ComponentLinker;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.wit.ExternName;
import dev.airlock.wit.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Java objects whose methods serve what a component imports. Immutable; {@link #addTo} defines it all in a linker.
 *
 * <pre>{@code
 * ComponentImports imports = ComponentImports.of(component).with("demo:kit/host", new Host());
 * imports.addTo(linker);
 * }</pre>
 *
 * <p>A function is served by the method that has its name, as for {@link ComponentBindings#bind}; so are the constructors and
 * static functions of resources. Methods that serve nothing are left alone, and imports that no method serves are left for
 * others to define. An object that is given later for the same function takes its place.
 *
 * <p>A resource of the host is a class or interface of the resource's name that is {@link AutoCloseable}. Its methods serve
 * the resource's; {@code close()} is called when the guest drops what it owns, or is closed. Which class it is, the methods of
 * any of the objects say, in whatever order they are given. If none mentions it, it is given by name.
 *
 * <p>An instance inside of an interface, or one of the world that is no named interface, is served by the object that a method
 * of its name and without parameters returns; a core module by a method that returns a {@link dev.airlock.engine.Module}, a
 * component by one that returns a {@link Component}, an instance also by one that returns a {@link ComponentInstance}. Such a
 * method is called once, when its object is given.
 *
 * <p>The checked exception that a method declares is the error of a {@code result}; any other exception ends the guest's
 * execution with a {@link dev.airlock.error.Trap} that has it as its cause.
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

    /** Nothing served yet. */
    public static ComponentImports of(Component component) {
        return new ComponentImports(component, List.of(), ImportServing.offers(component, List.of()));
    }

    /**
     * Returns this and an object that serves an interface.
     *
     * @param interfaceName as the component imports it, or of another version that fits, by the rules of {@link
     *     ComponentLinker}; without a version, the only one that is imported
     * @param resources classes of the interface's resources that no method of any object mentions
     * @throws SignatureException if there is no such interface, if the object serves nothing of it, or with all methods that
     *     do not fit the import of their name, and why
     */
    public ComponentImports with(String interfaceName, Object host, Class<?>... resources) {
        Objects.requireNonNull(host, "host");
        return with(served(interfaceName, host).stream()
                .map(name -> new ServedObject(component, name, host, List.of(resources)))
                .toList());
    }

    /**
     * Returns this and an object that serves what the component's world imports outside of interfaces.
     *
     * @param resources classes of the world's resources that no method of any object mentions
     * @throws SignatureException if the object serves nothing of it, or with all methods that do not fit the import of their
     *     name, and why
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
     * Defines all that is served in a linker. What is there by the same names is replaced; resources of interfaces for which
     * no object was given are defined only if the linker has none.
     */
    public void addTo(ComponentLinker linker) {
        offers.addTo(linker);
    }

    /** The imports that an object's interface serves, as it would in a linker: there may be several versions. */
    private List<String> served(String interfaceName, Object host) {
        Map<String, ComponentExternType> imports = component.type().imports();
        List<String> interfaces = imports.keySet().stream()
                .filter(name -> imports.get(name) instanceof ComponentExternType.Instance)
                .toList();
        List<String> served = interfaces.stream()
                .filter(name -> interfaceName.equals(Versions.find(name, List.of(interfaceName))))
                .toList();
        if (!served.isEmpty()) {
            return served;
        }
        List<String> named = Versions.named(interfaceName, interfaces);
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
