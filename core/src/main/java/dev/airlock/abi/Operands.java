package dev.airlock.abi;

import dev.airlock.codegen.Register;
import java.util.List;

/** Hears what steps read and set. A type that is not primitive may be wider or narrower than the register's. */
public interface Operands {
    /** Registers of a type are read. */
    Operands reads(Class<?> type, Register... registers);

    /** Registers of a type are set. */
    Operands sets(Class<?> type, Register... registers);

    /** Steps run once. */
    Operands once(List<Step> steps);

    /** Steps run once or not at all, or, with other registers, many times. */
    Operands maybe(Runnable operands);

    /** One of several lists of steps runs. */
    Operands oneOf(List<List<Step>> bodies);

    /** Registers are read, whatever type they have. */
    default Operands reads(List<Register> registers) {
        registers.forEach(register -> reads(register.type(), register));
        return this;
    }

    /** A register is read, whatever type it has. */
    default Operands reads(Register register) {
        return reads(register.type(), register);
    }

    /** Registers are set, whatever type they have. */
    default Operands sets(List<Register> registers) {
        registers.forEach(register -> sets(register.type(), register));
        return this;
    }

    /** A register is set, whatever type it has. */
    default Operands sets(Register register) {
        return sets(register.type(), register);
    }
}
