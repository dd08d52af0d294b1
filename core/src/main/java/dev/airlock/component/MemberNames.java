package dev.airlock.component;

import dev.airlock.binding.GuestName;
import dev.airlock.component.binary.ExternName;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.Names;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By which of a WIT interface's names a Java method goes. */
final class MemberNames {
    private MemberNames() {}

    /**
     * The functions that a method may stand for: that of its name, the constructor of {@code blob} for {@code newBlob}, the
     * static function {@code merge} of {@code blob} for {@code blobMerge}; or the one of {@link GuestName} alone.
     */
    static List<String> functions(Method method, Collection<String> names) {
        GuestName given = method.getAnnotation(GuestName.class);
        if (given != null) {
            return names.contains(given.value()) ? List.of(given.value()) : List.of();
        }
        List<String> candidates = Names.candidates(Names.of(method));
        return names.stream()
                .filter(name -> candidates.contains(javaLike(name)))
                .toList();
    }

    private static String javaLike(String name) {
        ExternName parsed = ExternName.known(name);
        if (parsed instanceof ExternName.Constructor constructor) {
            return "new-" + constructor.resource();
        }
        return parsed instanceof ExternName.Static statics ? statics.resource() + "-" + statics.member() : name;
    }

    /** The methods of a resource that a method may stand for. */
    static List<String> methods(String resource, Method method, Collection<String> names) {
        GuestName given = method.getAnnotation(GuestName.class);
        List<String> candidates = given == null ? Names.candidates(Names.of(method)) : List.of(given.value());
        return names.stream()
                .filter(name -> ExternName.known(name) instanceof ExternName.Method member
                        && member.resource().equals(resource)
                        && (candidates.contains(member.member()) || candidates.contains(name)))
                .toList();
    }

    /** Whether an interface's name is that of a Java interface or method, or the one that an annotation gives. */
    static boolean isInterface(String name, @Nullable GuestName given, String javaName) {
        String label = ExternName.known(name) instanceof ExternName.Interface parsed ? parsed.label() : name;
        if (given != null) {
            return given.value().equals(name) || given.value().equals(label);
        }
        try {
            return Names.kebab(javaName).equals(label);
        } catch (SignatureException e) {
            // A Java name that makes no label is that of no interface.
            return false;
        }
    }
}
