package dev.airlock.component;

import static dev.airlock.component.WaveCalls.call;
import static dev.airlock.component.WaveCalls.corner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.InstanceStateException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import org.junit.jupiter.api.Test;

/** Core modules of one component that share references and exceptions ({@code guests/components/wat/references.wat}). */
class ComponentReferencesTest {
    @Test
    void structsTablesAndGlobalsAreShared() {
        ComponentInstance component = corner("references");
        assertThat(call(component, "run(35)")).isEqualTo("42");
        assertThat(call(component, "run(1)")).isEqualTo("8");
    }

    @Test
    void oneModuleCatchesWhatAnotherThrows() {
        ComponentInstance component = corner("references");
        assertThat(call(component, "caught(9)")).isEqualTo("9");
        assertThat(call(component, "caught(10)")).isEqualTo("10");
    }

    @Test
    void aModuleIsTakenByATypeThatPromisesLess() {
        assertThat(call(corner("references"), "small()")).isEqualTo("7");
    }

    @Test
    void anExceptionThatLeavesTheComponentIsATrap() {
        ComponentInstance component = corner("references");
        assertThatThrownBy(() -> call(component, "uncaught()"))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNCAUGHT_EXCEPTION));
        assertThatThrownBy(() -> call(component, "run(1)")).isInstanceOf(InstanceStateException.class);
    }
}
