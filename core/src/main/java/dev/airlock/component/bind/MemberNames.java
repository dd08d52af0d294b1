package dev.airlock.component.bind;

import dev.airlock.error.Nearest;
import dev.airlock.mapping.GuestName;
import dev.airlock.shape.Names;
import dev.airlock.shape.ServedNames;
import dev.airlock.wit.ExternName;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matches Java methods with the names of a WIT interface, by the rule of {@link Names#meant}. */
final class MemberNames {
    private MemberNames() {}

    /**
     * Returns the functions that a method may call: the one of its name, the constructor of {@code blob} for {@code newBlob}, the
     * static function {@code merge} of {@code blob} for {@code blobMerge}; or only the one of {@link GuestName}.
     */
    static List<String> functions(Method method, Collection<String> names) {
        GuestName given = method.getAnnotation(GuestName.class);
        if (given != null) {
            return names.contains(given.value()) ? List.of(given.value()) : List.of();
        }
        List<String> functions = names.stream()
                .filter(name -> !(ExternName.known(name) instanceof ExternName.Method))
                .toList();
        return Names.meant(Names.of(method), functions, MemberNames::javaLike);
    }

    /** Returns a hint for a method that matches none of some functions or members of a resource. */
    static String hint(Method method, Collection<String> names) {
        GuestName given = method.getAnnotation(GuestName.class);
        String wanted = given == null ? Names.of(method) : given.value();
        return names.stream()
                .filter(name -> !Nearest.hint(wanted, List.of(name)).isEmpty()
                        || !Nearest.hint(wanted, List.of(javaLike(name))).isEmpty())
                .findFirst()
                .map(name -> " (did you mean \"" + name + "\"?)")
                .orElse("");
    }

    /** How closely a method matches a name. */
    static ServedNames.Closeness closeness(Method method, String name) {
        if (method.isAnnotationPresent(GuestName.class)) {
            return ServedNames.Closeness.GIVEN;
        }
        return Names.candidates(Names.of(method)).contains(javaLike(name))
                ? ServedNames.Closeness.EXACT
                : ServedNames.Closeness.NEAR;
    }

    private static String javaLike(String name) {
        ExternName parsed = ExternName.known(name);
        if (parsed instanceof ExternName.Constructor constructor) {
            return "new-" + constructor.resource();
        }
        if (parsed instanceof ExternName.Method member) {
            return member.member();
        }
        return parsed instanceof ExternName.Static statics ? statics.resource() + "-" + statics.member() : name;
    }

    /** Returns the methods of a resource that a Java method may call. */
    static List<String> methods(String resource, Method method, Collection<String> names) {
        List<String> members = names.stream()
                .filter(name -> ExternName.known(name) instanceof ExternName.Method member
                        && member.resource().equals(resource))
                .toList();
        GuestName given = method.getAnnotation(GuestName.class);
        return given == null
                ? Names.meant(Names.of(method), members, MemberNames::javaLike)
                : members.stream()
                        .filter(name ->
                                given.value().equals(name) || given.value().equals(javaLike(name)))
                        .toList();
    }

    /** Whether an interface's name matches a Java interface or method, or the name in an annotation. */
    static boolean isInterface(String name, @Nullable GuestName given, String javaName) {
        String label = ExternName.known(name) instanceof ExternName.Interface parsed ? parsed.label() : name;
        return given == null
                ? !Names.meant(javaName, List.of(label), text -> text).isEmpty()
                : given.value().equals(label);
    }
}
