package dev.airlock.kotlin

import com.fasterxml.jackson.annotation.JsonProperty
import dev.airlock.Airlock
import dev.airlock.mapping.GuestName
import dev.airlock.error.ValueException
import java.nio.file.Path
import java.time.Instant
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

/** Sends Kotlin's types as JSON through a core module that returns the text that it gets. */
class KotlinJsonTest {
    data class Item(@JsonProperty("sku_name") val sku: String, val qty: UByte, val note: String?)

    sealed interface Figure

    data object Point : Figure

    data class Circle(val radius: Double) : Figure

    data class Order(val items: List<Item>, val figures: List<Figure>, val at: Instant, val code: UInt)

    data class Node(val name: String, val children: List<Node>)

    interface Echo {
        @GuestName("echo")
        fun order(order: Order): Order

        @GuestName("echo")
        fun node(node: Node): Node

        @GuestName("echo")
        fun nothing(item: Item?): Item?
    }

    data class Loose(val x: Int)

    interface Reading {
        @GuestName("repeat")
        fun missing(request: Request): Loose

        @GuestName("repeat")
        fun text(request: Request): Map<String, Any>
    }

    data class Request(val name: String, val num: Int)

    private fun <T : Any> bound(type: Class<T>, test: (T) -> Unit) {
        val file = Path.of(System.getProperty("airlock.guests"), "c", "kit.wasm")
        Airlock.open(file).use { guest -> test(guest.unknownImportsAsTraps().bind(type)) }
    }

    @Test
    fun `data classes, objects, null and unsigned numbers cross as JSON`() = bound(Echo::class.java) { echo ->
        val order = Order(
            listOf(Item("a", 255u, null), Item("b", 0u, "n")),
            listOf(Point, Circle(1.5)),
            Instant.EPOCH,
            UInt.MAX_VALUE,
        )
        assertThat(echo.order(order)).isEqualTo(order)
        val node = Node("a", listOf(Node("b", listOf())))
        assertThat(echo.node(node)).isEqualTo(node)
        assertThat(echo.nothing(null)).isNull()
    }

    @Test
    fun `what does not fit is refused with its place`() = bound(Reading::class.java) { reading ->
        assertThatThrownBy { reading.missing(Request("a", 1)) }
            .isInstanceOf(ValueException::class.java)
            .hasMessage("the result of repeat: names: there is no such member: x")
        assertThat(reading.text(Request("a", 2))).isEqualTo(mapOf("names" to listOf("a", "a")))
    }
}
