/** Supports Kotlin's types in interfaces that are bound to guests. */
module dev.airlock.kotlin {
    requires dev.airlock;
    requires kotlin.metadata.jvm;
    requires kotlin.stdlib;
    requires static org.jspecify;

    provides dev.airlock.mapping.LanguageTypes with
            dev.airlock.kotlin.KotlinTypes;
}
