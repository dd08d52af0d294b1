package dev.airlock.shape;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Access to types of the program, which are often private and may be in a module. Public for the library itself. */
public final class UserTypes {
    private UserTypes() {}

    /**
     * Returns a lookup with all access to a type.
     *
     * @param type in any module, of any class loader
     * @return the lookup
     * @throws IllegalAccessException if the type's module does not open its package to this library
     */
    public static MethodHandles.Lookup lookup(Class<?> type) throws IllegalAccessException {
        // Core reflection reads every module; method handles want it said.
        UserTypes.class.getModule().addReads(type.getModule());
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    }

    /**
     * Tells whether a library may call the members of a type: on the class path it may.
     *
     * @param type the type, which may be private
     * @param library a class of the library
     * @return whether the package of the type is open to the library, or the type public and exported
     */
    public static boolean isOpenTo(Class<?> type, Class<?> library) {
        Module reader = library.getModule();
        String name = type.getPackageName();
        return type.getModule().isOpen(name, reader)
                || isPublic(type) && type.getModule().isExported(name, reader);
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    /**
     * Says what to do about a type without access.
     *
     * @param type the type
     * @param libraries classes of the libraries that need access beside this one
     * @return the end of an error message
     */
    public static String advice(Class<?> type, Class<?>... libraries) {
        Module module = type.getModule();
        if (!module.isNamed()) {
            return "make it public";
        }
        String to = Stream.concat(Stream.of(UserTypes.class), Stream.of(libraries))
                .map(Class::getModule)
                .filter(Module::isNamed)
                .map(Module::getName)
                .collect(Collectors.joining(", "));
        return "add to module " + module.getName() + ": opens " + type.getPackageName()
                + (to.isEmpty() ? "" : " to " + to) + ";";
    }
}
