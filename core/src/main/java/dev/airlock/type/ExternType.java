package dev.airlock.type;

/** The type of an import or an export (core specification, section 2.3.11, External Types). */
public sealed interface ExternType permits CoreFuncType, MemoryType, TableType, GlobalType, TagType {
    /** {@return {@code "func"}, {@code "memory"}, {@code "table"}, {@code "global"} or {@code "tag"}} */
    String kind();
}
