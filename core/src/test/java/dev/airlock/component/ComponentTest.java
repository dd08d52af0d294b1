package dev.airlock.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Guests;
import dev.airlock.engine.Engine;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ComponentTest {
    @Test
    void aComponentNamesItsParts() {
        Component component = Component.compile(Engine.create(), Guests.file("components/wat/sections"));
        assertThat(component.imports()).containsExactly("named", "host", "level", "marks", "log");
        assertThat(component.exports()).containsExactly("demo:sections/api@1.2.3-rc.1+b5", "task", "libc");
        assertThat(component.coreModules())
                .extracting(Object::toString)
                .containsExactly("module sections.wasm (core module 0)", "module sections.wasm (core module 1)");
        assertThat(component).hasToString("component sections.wasm");
    }

    @Test
    void laterChangesOfTheBytesHaveNoEffect() {
        byte[] bytes = Guests.bytes("components/wat/world");
        Component component = Component.compile(Engine.create(), "world.wasm", bytes);
        String before = component.wit();
        Arrays.fill(bytes, (byte) 0);
        assertThat(component.wit()).isEqualTo(before);
    }

    @Test
    void aHeaderDistinguishesComponentsFromModules() {
        assertThat(Component.isComponent(Guests.bytes("components/wat/world"))).isTrue();
        assertThat(Component.isComponent(Guests.bytes("wat/numbers"))).isFalse();
        assertThat(Component.isComponent(new byte[] {0, 'a', 's', 'm'})).isFalse();
    }
}
