package dev.airlock.kotlin

import dev.airlock.shape.MethodShape
import java.nio.file.Files
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Checks the unsigned types in Kotlin's table of `docs/TYPES.md` against the library. */
class KotlinTypesTableTest {
    interface Rows {
        fun takeUByte(value: UByte)
        fun takeUShort(value: UShort)
        fun takeUInt(value: UInt)
        fun takeULong(value: ULong)
        fun takeUByteArray(value: UByteArray)
        fun takeUShortArray(value: UShortArray)
        fun takeUIntArray(value: UIntArray)
        fun takeULongArray(value: ULongArray)
    }

    @Test
    fun eachUnsignedTypeStandsForItsWitType() {
        val page = Path.of(System.getProperty("airlock.guests")).resolveSibling("docs/TYPES.md")
        val section = Files.readString(page).substringAfter("\n## Kotlin\n").substringBefore("\n## ")
        val shown = section.lines()
            .filter { it.startsWith("|") && it.contains("`U") }
            .flatMap { row -> codes(row.split("|")[1]).zip(codes(row.split("|")[2])) }
        val read = Rows::class.java.methods.map { method ->
            val type = MethodShape.calling(Rows::class.java, method).type().params()[0].type()
            type.toString() to method.name.removePrefix("take").substringBefore("-")
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(read)
    }

    private fun codes(cell: String) = Regex("`([^`]+)`").findAll(cell).map { it.groupValues[1] }.toList()
}
