package dev.airlock.component.binary;

import dev.airlock.error.ModuleException;
import dev.airlock.wit.Feature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes bytes to a {@link ParsedComponent} (Binary, "Component Definitions"). It resolves no indices, so they may be out
 * of range. It does not look into core modules; the engine does.
 */
public final class ComponentDecoder {
    /** The maximum nesting of components and of their types. */
    public static final int MAX_NESTING = 100;

    private static final int[] HEADER = {0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00};
    private static final int COMPONENT_LAYER_OFFSET = 4;

    private final BinaryReader in;
    private final int depth;
    private final DefinitionDecoder decoder;
    private final List<ComponentDefinition> definitions = new ArrayList<>();
    private final List<ParsedComponent.CustomSection> customSections = new ArrayList<>();

    private ComponentDecoder(BinaryReader in, int depth) {
        this.in = in;
        this.depth = depth;
        this.decoder = new DefinitionDecoder(depth);
    }

    /**
     * Decodes a component.
     *
     * @param file the file's name, for errors
     * @param bytes the whole file
     * @throws ModuleException if the bytes are not a component, or need a feature that Airlock does not run
     */
    public static ParsedComponent decode(String file, byte[] bytes) {
        return new ComponentDecoder(new BinaryReader(file, bytes, 0, bytes.length), 0).component();
    }

    private ParsedComponent component() {
        int start = in.position();
        if (depth > MAX_NESTING) {
            throw in.error(start, "components are nested too deeply: at most " + MAX_NESTING + " levels are allowed");
        }
        header();
        while (!in.atEnd()) {
            int offset = in.position();
            in.count(offset);
            int id = in.next("a section");
            SectionName name = SectionName.of(id);
            if (name == null) {
                throw in.expected(offset, "the number of a section");
            }
            long size = in.u32("the size of the " + name + " section");
            BinaryReader contents = in.slice(offset, "the " + name + " section", size);
            section(offset, name, contents);
            if (!contents.atEnd()) {
                throw in.error(
                        contents.position(),
                        "malformed: the " + name + " section is " + (contents.end() - contents.position())
                                + " bytes longer than its contents");
            }
        }
        return new ParsedComponent(start, in.end(), definitions, customSections);
    }

    private void header() {
        for (int i = 0; i < HEADER.length; i++) {
            int offset = in.position();
            int found = in.next("the header of a component, 00 61 73 6d 0d 00 01 00,");
            if (found != HEADER[i]) {
                throw in.expected(
                        offset,
                        i < COMPONENT_LAYER_OFFSET
                                ? "part of the header of a component, 00 61 73 6d 0d 00 01 00"
                                : "part of the version of a component, 0d 00 01 00; a core module has 01 00 00 00");
            }
        }
    }

    private void section(int offset, SectionName name, BinaryReader contents) {
        switch (name) {
            case CUSTOM -> {
                String custom = contents.name("the name of a custom section");
                customSections.add(new ParsedComponent.CustomSection(custom, contents.position(), contents.end()));
                contents.skip(contents.end() - contents.position());
            }
            case CORE_MODULE -> {
                definitions.add(new ComponentDefinition.CoreModule(offset, contents.position(), contents.end()));
                contents.skip(contents.end() - contents.position());
            }
            case COMPONENT -> {
                ParsedComponent nested = new ComponentDecoder(contents, depth + 1).component();
                definitions.add(new ComponentDefinition.Nested(offset, nested));
            }
            case CORE_INSTANCE ->
                definitions.addAll(contents.vector("core instances", () -> decoder.coreInstance(contents)));
            case CORE_TYPE -> definitions.addAll(contents.vector("core types", () -> decoder.coreType(contents)));
            case INSTANCE -> definitions.addAll(contents.vector("instances", () -> decoder.instance(contents)));
            case ALIAS -> definitions.addAll(contents.vector("aliases", () -> decoder.alias(contents)));
            case TYPE -> definitions.addAll(contents.vector("types", () -> decoder.type(contents)));
            case CANON -> definitions.addAll(contents.vector("canonical functions", () -> decoder.canon(contents)));
            case IMPORT -> definitions.addAll(contents.vector("imports", () -> decoder.importOf(contents)));
            case EXPORT -> definitions.addAll(contents.vector("exports", () -> decoder.export(contents)));
            case START, VALUE -> throw contents.error(offset, "the " + name + " section " + Feature.VALUES.needed());
        }
    }

    /** The sections; the ordinal is the section's number. */
    private enum SectionName {
        CUSTOM("custom"),
        CORE_MODULE("core module"),
        CORE_INSTANCE("core instance"),
        CORE_TYPE("core type"),
        COMPONENT("component"),
        INSTANCE("instance"),
        ALIAS("alias"),
        TYPE("type"),
        CANON("canon"),
        START("start"),
        IMPORT("import"),
        EXPORT("export"),
        VALUE("value");

        private final String text;

        SectionName(String text) {
            this.text = text;
        }

        static @Nullable SectionName of(int id) {
            return id < values().length ? values()[id] : null;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
