package dev.airlock.component.type;

import dev.airlock.component.binary.CoreDefType;
import dev.airlock.component.binary.Sort;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import dev.airlock.type.ImportType;
import dev.airlock.type.TagType;
import dev.airlock.wit.ExternName;
import dev.airlock.wit.Feature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Resolves the indices in the types of core modules. */
final class CoreTypes {
    private final ComponentScope scope;
    private final Validation validation;
    private final List<CoreFuncType> types = new ArrayList<>();
    private final List<ImportType> imports = new ArrayList<>();
    private final Set<List<String>> importNames = new HashSet<>();
    private final Map<String, ExternType> exports = new LinkedHashMap<>();

    private CoreTypes(ComponentScope scope) {
        this.scope = scope;
        this.validation = scope.validation;
    }

    static CoreDefinedType resolve(ComponentScope scope, CoreDefType type) {
        if (type instanceof CoreDefType.Func func) {
            return new CoreDefinedType.Func(func.type());
        }
        var module = new CoreTypes(scope);
        ((CoreDefType.Module) type).decls().forEach(module::add);
        return new CoreDefinedType.Module(new CoreModuleType(module.imports, module.exports));
    }

    private void add(CoreDefType.Decl decl) {
        validation.at(decl.offset());
        validation.spend(1);
        if (decl instanceof CoreDefType.ImportDecl needed) {
            if (!importNames.add(List.of(needed.module(), needed.name()))) {
                throw validation.invalid("two imports have the names " + ExternName.quote(needed.module()) + " "
                        + ExternName.quote(needed.name()));
            }
            imports.add(new ImportType(needed.module(), needed.name(), type(needed.type())));
        } else if (decl instanceof CoreDefType.TypeDecl type) {
            types.add(type.type());
        } else if (decl instanceof CoreDefType.AliasDecl alias) {
            types.add(aliased(alias));
        } else {
            var export = (CoreDefType.ExportDecl) decl;
            if (exports.put(export.name(), type(export.type())) != null) {
                throw validation.invalid("two exports have the name " + ExternName.quote(export.name()));
            }
        }
    }

    private CoreFuncType aliased(CoreDefType.AliasDecl alias) {
        if (alias.count() == 0) {
            return validation.entry(types, alias.index(), Sort.CORE_TYPE);
        }
        ComponentScope target = OuterAliases.target(scope, alias.count() - 1);
        if (validation.entry(target.coreTypes, alias.index(), Sort.CORE_TYPE) instanceof CoreDefinedType.Func func) {
            return func.type();
        }
        throw validation.error(Feature.MODULE_LINKING.needed());
    }

    private ExternType type(CoreDefType.Desc desc) {
        if (desc instanceof CoreDefType.FuncDesc func) {
            return validation.entry(types, func.type(), Sort.CORE_TYPE);
        }
        if (desc instanceof CoreDefType.TagDesc tag) {
            return new TagType(validation.entry(types, tag.type(), Sort.CORE_TYPE));
        }
        return ((CoreDefType.PlainDesc) desc).type();
    }
}
