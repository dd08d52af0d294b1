package com.example.kit

import dev.airlock.Airlock
import dev.airlock.Guest

data class Request(val name: String, val num: Int)

data class Names(val names: List<String>)

/** The guest's exports, in Kotlin's types. */
interface Kit {
    fun greet(name: String): String

    fun add(a: UInt, b: UInt): UInt

    /** Data classes cross as JSON. */
    fun repeat(request: Request): Names
}

/** The guest's imports. */
class Host {
    val logged = mutableListOf<String>()

    fun log(message: String) {
        logged += message
    }

    fun answer(question: String) = question
}

fun openKit(host: Host): Guest = Airlock.open(Kit::class.java, "/kit.wasm").imports("env", host)

fun main() {
    openKit(Host()).use { guest ->
        val kit = guest.bind(Kit::class.java)
        println(kit.greet("Ada"))
        println(kit.repeat(Request("Ada", 2)))
    }
}
