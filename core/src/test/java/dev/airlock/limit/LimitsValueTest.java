package dev.airlock.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Limits as a value: what each method changes, equality, and the text. */
class LimitsValueTest {
    private static List<Field> fields() throws ReflectiveOperationException {
        return Arrays.stream(Limits.class.getDeclaredField("values").getType().getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .toList();
    }

    /** The same limits with another value for one of them, by the public method that sets it. */
    private static Limits changed(Limits before, Field field) throws ReflectiveOperationException {
        Method change = Arrays.stream(Limits.class.getMethods())
                .filter(method -> method.getName().equals(field.getName()) && method.getParameterCount() == 1)
                .findFirst()
                .orElseThrow();
        Class<?> type = field.getType();
        Object value =
                type == boolean.class ? true : type == int.class ? 7 : type == long.class ? 7L : Duration.ofMillis(7);
        return (Limits) change.invoke(before, value);
    }

    private static Object value(Limits limits, Field field) throws ReflectiveOperationException {
        return Limits.class.getMethod(field.getName()).invoke(limits);
    }

    @Test
    void eachMethodChangesItsOwnLimitAndNoOther() throws ReflectiveOperationException {
        for (Field field : fields()) {
            Limits changed = changed(Limits.defaults(), field);
            for (Field other : fields()) {
                if (other.equals(field)) {
                    assertThat(value(changed, other)).as(field.getName()).isNotEqualTo(value(Limits.defaults(), other));
                } else {
                    assertThat(value(changed, other)).as(field.getName()).isEqualTo(value(Limits.defaults(), other));
                }
            }
        }
    }

    @Test
    void limitsAreEqualIfAllOfThemAre() throws ReflectiveOperationException {
        Set<Limits> all = new HashSet<>(Set.of(Limits.defaults()));
        for (Field field : fields()) {
            Limits changed = changed(Limits.defaults(), field);
            assertThat(changed)
                    .isEqualTo(changed(Limits.defaults(), field))
                    .hasSameHashCodeAs(changed(Limits.defaults(), field));
            all.add(changed);
        }
        assertThat(all).hasSize(fields().size() + 1);
        assertThat(Limits.defaults())
                .isEqualTo(Limits.defaults().instances(4_096))
                .isNotEqualTo("limits");
    }

    @Test
    void theTextHasEachLimitWithItsValue() throws ReflectiveOperationException {
        Limits limits = Limits.defaults().memoryBytes(65_536).timeout(Duration.ofMillis(500));
        assertThat(limits.toString())
                .startsWith("Limits[memoryBytes=65536, tableElements=1000000, growthTraps=false, ")
                .contains("hostCalls=none, timeout=PT0.5S, cpuTime=none");
        for (Field field : fields()) {
            assertThat(limits.toString()).contains(field.getName() + "=");
        }
    }
}
