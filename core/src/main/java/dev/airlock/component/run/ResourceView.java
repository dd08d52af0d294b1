package dev.airlock.component.run;

/** Makes Java objects that show a component's resource as an interface. */
@FunctionalInterface
public interface ResourceView {
    Object show(HeldResource resource);
}
