package dev.airlock.engine.runtime;

import dev.airlock.engine.validate.DefinedType;
import dev.airlock.memory.linear.LinearMemory;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance as generated code sees it (core specification, section 4.2.5, module instances). The compiler makes
 * one subclass for each module, with typed fields for what code uses most; {@link #bound} fills them from the arrays here.
 */
public abstract class InstanceState {
    /** The instance that this is the state of. */
    public InstanceOwner instance;

    public Spill spill;

    /** The types of the module, by index. */
    public DefinedType[] types;

    /** Functions by index; imported ones are always set, own ones when they are first referenced. */
    public FuncRef[] functions;

    public LinearMemory[] memories;

    public TableInstance[] tables;

    /** The cells of globals that are imported, exported or beyond the typed fields; null for the others. */
    public @Nullable GlobalInstance[] globals;

    public TagInstance[] tags;

    /** Passive data segments; empty ones are dropped. */
    public byte[][] data;

    /** Called once, when all arrays are set, before any code runs. */
    public abstract void bound();

    public abstract FuncRef function(int index);
}
