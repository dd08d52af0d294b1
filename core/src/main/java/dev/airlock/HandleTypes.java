package dev.airlock;

import dev.airlock.error.SignatureException;
import dev.airlock.type.BorrowType;
import dev.airlock.type.FuncType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ValType;
import java.util.stream.Stream;

/** Finds the resources in a function's type, which are of use only with the instance that they belong to. */
final class HandleTypes {
    private HandleTypes() {}

    /** @throws SignatureException if the function takes or gives a resource */
    static void refuse(String name, FuncType type) {
        Stream.concat(type.params().stream().map(FuncType.Param::type), Stream.ofNullable(type.result()))
                .filter(HandleTypes::hasHandle)
                .findFirst()
                .ifPresent(part -> {
                    throw new SignatureException(name + " takes or gives a resource, " + part
                            + ", which belongs to one instance, and here each call has an instance of its own:"
                            + " call guest.instance(), and this function of that");
                });
    }

    private static boolean hasHandle(ValType type) {
        return type instanceof OwnType
                || type instanceof BorrowType
                || type.parts().stream().anyMatch(HandleTypes::hasHandle);
    }
}
