package dev.airlock.component.binary;

import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import java.util.List;

/** {@code core:deftype}: the type of a core function or of a core module. */
public sealed interface CoreDefType {
    record Func(CoreFuncType type) implements CoreDefType {}

    /** {@code (module ...)}; its declarations have a separate index space of types. */
    record Module(List<Decl> decls) implements CoreDefType {}

    /** {@code core:moduledecl}. */
    sealed interface Decl {
        int offset();
    }

    record ImportDecl(int offset, String module, String name, Desc type) implements Decl {}

    record TypeDecl(int offset, CoreFuncType type) implements Decl {}

    /** {@code (alias outer count index (type))}. */
    record AliasDecl(int offset, int count, int index) implements Decl {}

    record ExportDecl(int offset, String name, Desc type) implements Decl {}

    /** {@code core:externtype}. */
    sealed interface Desc {}

    record FuncDesc(int type) implements Desc {}

    record TagDesc(int type) implements Desc {}

    /** A memory, a table or a global. */
    record PlainDesc(ExternType type) implements Desc {}
}
