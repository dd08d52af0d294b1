package dev.airlock.kotlin

import dev.airlock.Airlock
import dev.airlock.error.SignatureException
import dev.airlock.error.ValueException
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

/** A user's interface in Kotlin for a component, bound to two kits with the same exports. */
class KotlinComponentTest {
    data class Point(val x: Int, val y: Int)

    data class Line(val start: Point, val end: Point, val label: String)

    data class Entry(val id: UInt, val name: String, val price: Double)

    sealed interface Shape {
        data object Dot : Shape
        data class Circle(val radius: Float) : Shape
        data class Square(val side: ULong) : Shape
        data class Label(val text: String) : Shape
        data class Polygon(val points: List<Point>) : Shape
        data class Named(val value: NamedPoint) : Shape
    }

    @dev.airlock.mapping.Tuple
    data class NamedPoint(val name: String, val at: Point)

    enum class Color { RED, GREEN, BLUE }

    sealed interface Refusal {
        object Empty : Refusal
        data class TooLong(val by: UInt) : Refusal
        data class Other(val why: String) : Refusal
    }

    class Refused(val error: Refusal) : Exception() {
        fun error() = error
    }

    interface Api {
        fun greet(name: String): String
        fun echoPoint(value: Point): Point
        fun echoLine(value: Line): Line
        fun echoLines(values: List<Line>): List<Line>
        fun echoEntries(values: List<Entry>): List<Entry>
        fun echoU8(value: UByte): UByte
        fun echoU16(value: UShort): UShort
        fun echoU32(value: UInt): UInt
        fun echoU64(value: ULong): ULong
        fun echoU32s(values: UIntArray): UIntArray
        fun echoOption(value: String?): String?
        fun echoShape(value: Shape): Shape
        fun echoShapes(values: List<Shape>): List<Shape>
        fun echoColor(value: Color): Color

        @Throws(Refused::class)
        fun check(text: String): UInt

        fun greetTwice(name: String): String = greet(greet(name))
    }

    class Host {
        fun answer(question: String): String = "ask again: $question"

        @Throws(Refused::class)
        fun check(text: String): UInt = when {
            text.isEmpty() -> throw Refused(Refusal.Empty)
            text.length > 5 -> throw Refused(Refusal.TooLong(UInt.MAX_VALUE))
            else -> 4_000_000_000u
        }
    }

    private inline fun <reified T : Any> with(kit: String, block: (T) -> Unit) =
        Airlock.open(Path.of(System.getProperty("airlock.guests"), "components", kit, "kit.wasm")).use { guest ->
            block(guest.imports("demo:kit/host", Host()).unknownImportsAsTraps().`as`(T::class.java))
        }

    @ParameterizedTest
    @ValueSource(strings = ["c", "rust"])
    fun `data classes bind as records do`(kit: String) = with<Api>(kit) { api ->
        assertThat(api.greet("Ada")).isEqualTo("Hello, Ada!")
        assertThat(api.greetTwice("Ada")).isEqualTo("Hello, Hello, Ada!!")
        val line = Line(Point(1, -2), Point(3, 4), "a line")
        assertThat(api.echoPoint(line.start)).isEqualTo(line.start)
        assertThat(api.echoLine(line)).isEqualTo(line)
        assertThat(api.echoLines(listOf(line, line))).containsExactly(line, line)
        val entry = Entry(4_294_967_295u, "tea", 2.5)
        assertThat(api.echoEntries(listOf(entry))).containsExactly(entry)
    }

    @ParameterizedTest
    @ValueSource(strings = ["c", "rust"])
    fun `unsigned numbers are unsigned`(kit: String) = with<Api>(kit) { api ->
        assertThat(api.echoU8(UByte.MAX_VALUE)).isEqualTo(UByte.MAX_VALUE)
        assertThat(api.echoU16(UShort.MAX_VALUE)).isEqualTo(UShort.MAX_VALUE)
        assertThat(api.echoU32(UInt.MAX_VALUE)).isEqualTo(UInt.MAX_VALUE)
        assertThat(api.echoU64(ULong.MAX_VALUE)).isEqualTo(ULong.MAX_VALUE)
        assertThat(api.echoU32s(uintArrayOf(0u, UInt.MAX_VALUE)).toList()).containsExactly(0u, UInt.MAX_VALUE)
    }

    @ParameterizedTest
    @ValueSource(strings = ["c", "rust"])
    fun `a nullable type is an option`(kit: String) = with<Api>(kit) { api ->
        assertThat(api.echoOption("some")).isEqualTo("some")
        assertThat(api.echoOption(null)).isNull()
        assertThat(api.echoOption("")).isEqualTo("")
    }

    @ParameterizedTest
    @ValueSource(strings = ["c", "rust"])
    fun `objects of a sealed interface carry nothing`(kit: String) = with<Api>(kit) { api ->
        assertThat(api.echoShape(Shape.Dot)).isSameAs(Shape.Dot)
        val shapes = listOf(
            Shape.Dot,
            Shape.Circle(1.5f),
            Shape.Square(ULong.MAX_VALUE),
            Shape.Label("x"),
            Shape.Polygon(listOf(Point(1, 2))),
            Shape.Named(NamedPoint("n", Point(3, 4))))
        assertThat(api.echoShapes(shapes)).isEqualTo(shapes)
        assertThat(Color.entries.map { api.echoColor(it) }).isEqualTo(Color.entries)
    }

    @ParameterizedTest
    @ValueSource(strings = ["c", "rust"])
    fun `an exception of Kotlin carries an error of a host written in Kotlin`(kit: String) = with<Api>(kit) { api ->
        assertThat(api.check("Ada")).isEqualTo(4_000_000_000u)
        assertThatThrownBy { api.check("") }
            .isInstanceOfSatisfying(Refused::class.java) { assertThat(it.error()).isSameAs(Refusal.Empty) }
        assertThatThrownBy { api.check("longer") }.isInstanceOfSatisfying(Refused::class.java) {
            assertThat(it.error()).isEqualTo(Refusal.TooLong(UInt.MAX_VALUE))
        }
    }

    interface NotNull {
        fun echoOption(value: String): String
    }

    interface Suspending {
        suspend fun greet(name: String): String
    }

    interface Extending {
        fun String.greet(): String
    }

    interface Boxed {
        fun echoU32s(values: List<UInt>): List<UInt>
    }

    interface NullableNumber {
        fun echoU32(value: UInt?): UInt?
    }

    @JvmInline
    value class Name(val text: String)

    interface Wrapped {
        fun greet(name: Name): String
    }

    @ParameterizedTest
    @ValueSource(strings = ["c"])
    fun `what cannot cross is refused when it is bound`(kit: String) {
        refused<NotNull>(kit, "echoOption(String value)", "option<string>")
        refused<Suspending>(kit, "greet is a suspend function", "withContext(Dispatchers.IO)")
        refused<Extending>(kit, "greet is an extension function: make its receiver a parameter")
        refused<Boxed>(kit, "UInt inside of another type", "write UIntArray")
        refused<NullableNumber>(kit, "UInt? is an object of Kotlin's own")
        refused<Wrapped>(kit, "Name is a value class")
    }

    private inline fun <reified T : Any> refused(kit: String, vararg parts: String) {
        assertThatThrownBy { with<T>(kit) {} }
            .isInstanceOf(SignatureException::class.java)
            .hasMessageContainingAll(*parts)
    }

    data class Defaults(val x: Int = 1, val y: Int = 2)

    interface WithDefaults {
        fun echoPoint(value: Defaults): Defaults
        fun greet(name: String = "Ada"): String
    }

    @ParameterizedTest
    @ValueSource(strings = ["c", "rust"])
    fun `default arguments are Kotlin's and change nothing`(kit: String) = with<WithDefaults>(kit) { api ->
        assertThat(api.echoPoint(Defaults())).isEqualTo(Defaults(1, 2))
        assertThat(api.greet()).isEqualTo("Hello, Ada!")
    }

    data class Hidden(val x: Int, private val y: Int)

    interface WithHidden {
        fun echoPoint(value: Hidden): Hidden
    }

    @ParameterizedTest
    @ValueSource(strings = ["c"])
    fun `a private property cannot be read`(kit: String) =
        refused<WithHidden>(kit, "its property y is private, so its value cannot be read")

    interface Small {
        fun echoU32s(values: UByteArray): UByteArray
    }

    @ParameterizedTest
    @ValueSource(strings = ["c"])
    fun `the types of both sides are compared`(kit: String) = refused<Small>(kit, "list<u32>")

    @ParameterizedTest
    @ValueSource(strings = ["c"])
    fun `a lone surrogate is refused with Kotlin's name of the parameter`(kit: String) = with<Api>(kit) { api ->
        assertThatThrownBy { api.greet("\uD800") }
            .isInstanceOf(ValueException::class.java)
            .hasMessageStartingWith("name")
    }
}
