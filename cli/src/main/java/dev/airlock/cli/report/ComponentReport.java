package dev.airlock.cli.report;

import dev.airlock.component.Component;
import dev.airlock.engine.LargeFunction;
import dev.airlock.engine.Module;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of a component. The record's components are the members that {@code inspect --json} prints.
 *
 * @param name the file's name
 * @param kind {@code component}
 * @param bytes the file's size
 * @param producers the tools that made it, according to its producers section
 * @param coreModules the core modules in it, at any depth
 * @param imports the names of its imports
 * @param exports the names of its exports
 * @param wit its world as WIT
 * @param needs what it needs from its host, as text
 */
public record ComponentReport(
        String name,
        String kind,
        int bytes,
        List<String> producers,
        List<CoreModule> coreModules,
        List<String> imports,
        List<String> exports,
        String wit,
        List<String> needs) {
    /** A core module in the component. */
    public record CoreModule(String name, int bytes, int functions, List<LargeFunction> largeFunctions) {}

    public static ComponentReport of(Component component) {
        return new ComponentReport(
                component.name(),
                "component",
                component.size(),
                component.producers(),
                component.coreModules().stream().map(ComponentReport::of).toList(),
                component.imports(),
                component.exports(),
                component.wit(),
                needs(component));
    }

    private static CoreModule of(Module module) {
        return new CoreModule(module.name(), module.size(), module.functionCount(), module.largeFunctions());
    }

    private static List<String> needs(Component component) {
        List<String> needs = component.requiredImports().stream()
                .map(name -> name.startsWith("wasi:")
                        ? name + ", of WASI 0.2 or later, which Airlock does not offer yet"
                        : "from the host or another component: " + name)
                .toList();
        return needs.isEmpty() ? List.of("nothing") : needs;
    }

    public String toJson() {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(this)
                + "\n";
    }

    public String toPage() {
        var page = new StringBuilder();
        page.append(String.format("%s: a component, %,d bytes%n%n", name, bytes));
        wit.lines()
                .forEach(line -> page.append(line.isEmpty() ? "" : "  " + line).append(System.lineSeparator()));
        page.append(System.lineSeparator()).append("needs from its host").append(System.lineSeparator());
        needs.forEach(need -> page.append("  ").append(need).append(System.lineSeparator()));
        page.append(String.format(
                "%nmade by: %s%n", producers.isEmpty() ? "unknown, it has no producers section" : producers.get(0)));
        producers.stream().skip(1).forEach(line -> page.append(String.format("         %s%n", line)));
        page.append(String.format("%ncore modules: %s%n", coreModules.isEmpty() ? "none" : coreModules.size()));
        for (CoreModule module : coreModules) {
            page.append(String.format(
                    "  %s: %,d bytes, %,d functions%n", module.name(), module.bytes(), module.functions()));
            LargeFunctions.lines(module.largeFunctions()).forEach(line -> page.append(String.format("    %s%n", line)));
        }
        return page.toString();
    }
}
