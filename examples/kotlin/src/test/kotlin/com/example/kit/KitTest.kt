package com.example.kit

import dev.airlock.error.ValueException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

class KitTest {
    @Test
    fun `strings, unsigned numbers and data classes cross`() {
        openKit(Host()).use { guest ->
            val kit = guest.bind(Kit::class.java)
            assertEquals("Hello, Ada!", kit.greet("Ada"))
            assertEquals(1u, kit.add(UInt.MAX_VALUE, 2u))
            assertEquals(Names(listOf("Ada", "Ada")), kit.repeat(Request("Ada", 2)))
        }
    }

    data class Count(val count: Int)

    interface Wrong {
        fun repeat(request: Request): Count
    }

    @Test
    fun `what does not fit is refused with its place`() {
        openKit(Host()).use { guest ->
            val wrong = guest.bind(Wrong::class.java)
            val refusal = assertThrows(ValueException::class.java) { wrong.repeat(Request("Ada", 1)) }
            assertEquals("the result of repeat: names: there is no such member: count", refusal.message)
        }
    }
}
