package dev.airlock.component.run;

/** Shows a component's resource as an interface of its own. */
@FunctionalInterface
public interface ResourceView {
    Object show(HeldResource resource);
}
