package dev.airlock.kotlin

import dev.airlock.Airlock
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

/** A user's interface in Kotlin for a core module. */
class KotlinModuleTest {
    interface Api {
        fun greet(name: String): String
        fun reverse(bytes: UByteArray): UByteArray
        fun sum(values: LongArray): Long
        fun shout(text: String)
        fun add(a: UInt, b: UInt): UInt
    }

    class Host {
        val logged = mutableListOf<String>()

        fun log(message: String) {
            logged += message
        }

        fun answer(question: String) = "ask again: $question"
    }

    @ParameterizedTest
    @ValueSource(strings = ["c", "rust", "zig"])
    fun `strings, arrays and unsigned numbers cross`(language: String) {
        val host = Host()
        val file = Path.of(System.getProperty("airlock.guests"), language, "kit.wasm")
        Airlock.open(file).use { guest ->
            val api = guest.imports("env", host).unknownImportsAsTraps().`as`(Api::class.java)
            assertThat(api.greet("Ada")).isEqualTo("Hello, Ada!")
            assertThat(api.reverse(ubyteArrayOf(1u, 255u)).toList()).containsExactly(255u.toUByte(), 1u.toUByte())
            assertThat(api.sum(longArrayOf(1, 2, 3))).isEqualTo(6)
            assertThat(api.add(UInt.MAX_VALUE, 2u)).isEqualTo(1u)
            api.shout("hello")
            assertThat(host.logged).containsExactly("hello!")
        }
    }
}
