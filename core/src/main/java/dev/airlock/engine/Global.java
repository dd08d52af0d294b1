package dev.airlock.engine;

import dev.airlock.engine.runtime.GlobalInstance;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.error.SignatureException;
import dev.airlock.type.CoreValType;
import dev.airlock.type.GlobalType;
import org.jspecify.annotations.Nullable;

/**
 * A global variable of a guest, or one that the host lends to guests (core specification, section 4.2.10).
 *
 * <p>Reading or writing it as a type that it has not, or writing one that is not mutable, is a
 * {@link SignatureException}.
 */
public final class Global {
    private final GlobalInstance cell;
    private final FieldType field;
    private final GlobalType type;

    @SuppressWarnings("unused") // Keeps the instance from being closed while somebody has this.
    private final @Nullable Instance owner;

    /** @param owner that exports it; null for a global of the host */
    Global(GlobalInstance cell, FieldType field, @Nullable Instance owner) {
        this.cell = cell;
        this.field = field;
        this.type = ApiTypes.global(field);
        this.owner = owner;
    }

    /**
     * Creates a host global that holds an i32.
     *
     * @param value the value
     * @param mutable whether it can change
     * @return a host global that holds an i32
     */
    public static Global ofInt(int value, boolean mutable) {
        return create(CoreValType.I32, mutable, value);
    }

    /**
     * Creates a host global that holds an i64.
     *
     * @param value the value
     * @param mutable whether it can change
     * @return a host global that holds an i64
     */
    public static Global ofLong(long value, boolean mutable) {
        return create(CoreValType.I64, mutable, value);
    }

    /**
     * Creates a host global that holds an f32.
     *
     * @param value the value
     * @param mutable whether it can change
     * @return a host global that holds an f32
     */
    public static Global ofFloat(float value, boolean mutable) {
        return create(CoreValType.F32, mutable, Float.floatToRawIntBits(value));
    }

    /**
     * Creates a host global that holds an f64.
     *
     * @param value the value
     * @param mutable whether it can change
     * @return a host global that holds an f64
     */
    public static Global ofDouble(double value, boolean mutable) {
        return create(CoreValType.F64, mutable, Double.doubleToRawLongBits(value));
    }

    /**
     * Creates a host global of any type.
     *
     * @param type the type of the value
     * @param value the value, as {@link Func#invoke} takes it
     * @param mutable whether it can change
     * @return a host global
     * @throws SignatureException if the value does not have the type
     */
    public static Global of(CoreValType type, @Nullable Object value, boolean mutable) {
        Global made = new Global(cell(type), ApiTypes.field(type, mutable), null);
        made.put(value);
        return made;
    }

    private static Global create(CoreValType value, boolean mutable, long bits) {
        GlobalInstance made = cell(value);
        made.setNumber(bits);
        return new Global(made, ApiTypes.field(value, mutable), null);
    }

    private static GlobalInstance cell(CoreValType type) {
        return switch (type.kind()) {
            case I32 -> new GlobalInstance.I32();
            case I64 -> new GlobalInstance.I64();
            case F32 -> new GlobalInstance.F32();
            case F64 -> new GlobalInstance.F64();
            case V128 -> new GlobalInstance.V128();
            case REF -> new GlobalInstance.Ref();
        };
    }

    /**
     * Returns the type.
     *
     * @return the type of the value, and whether it can change
     */
    public GlobalType type() {
        return type;
    }

    /**
     * Returns the value of an i32.
     *
     * @return the value
     * @throws dev.airlock.error.SignatureException if the global has another type
     */
    public int getInt() {
        return (int) get(CoreValType.I32);
    }

    /**
     * Returns the value of an i64.
     *
     * @return the value
     * @throws dev.airlock.error.SignatureException if the global has another type
     */
    public long getLong() {
        return get(CoreValType.I64);
    }

    /**
     * Returns the value of an f32.
     *
     * @return the value
     * @throws dev.airlock.error.SignatureException if the global has another type
     */
    public float getFloat() {
        return Float.intBitsToFloat((int) get(CoreValType.F32));
    }

    /**
     * Returns the value of an f64.
     *
     * @return the value
     * @throws dev.airlock.error.SignatureException if the global has another type
     */
    public double getDouble() {
        return Double.longBitsToDouble(get(CoreValType.F64));
    }

    /**
     * Sets the value of a mutable i32.
     *
     * @param value the new value
     * @throws dev.airlock.error.SignatureException if the global is not a mutable i32
     */
    public void setInt(int value) {
        set(CoreValType.I32, value);
    }

    /**
     * Sets the value of a mutable i64.
     *
     * @param value the new value
     * @throws dev.airlock.error.SignatureException if the global is not a mutable i64
     */
    public void setLong(long value) {
        set(CoreValType.I64, value);
    }

    /**
     * Sets the value of a mutable f32.
     *
     * @param value the new value
     * @throws dev.airlock.error.SignatureException if the global is not a mutable f32
     */
    public void setFloat(float value) {
        set(CoreValType.F32, Float.floatToRawIntBits(value));
    }

    /**
     * Sets the value of a mutable f64.
     *
     * @param value the new value
     * @throws dev.airlock.error.SignatureException if the global is not a mutable f64
     */
    public void setDouble(double value) {
        set(CoreValType.F64, Double.doubleToRawLongBits(value));
    }

    /**
     * Returns the value of a global of any type.
     *
     * @return the value, as {@link Func#invoke} returns it
     */
    public @Nullable Object get() {
        if (cell instanceof GlobalInstance.Ref reference) {
            return BoxedValues.toHost(reference.value, field);
        }
        return BoxedValues.box(field, cell.number(), cell instanceof GlobalInstance.V128 vector ? vector.high : 0);
    }

    /**
     * Sets the value of a mutable global of any type.
     *
     * @param value the new value, as {@link Func#invoke} takes it
     * @throws SignatureException if the global is not mutable, or the value does not have its type
     */
    public void set(@Nullable Object value) {
        checkMutable();
        put(value);
    }

    private void put(@Nullable Object value) {
        String place = "the value of a global";
        if (cell instanceof GlobalInstance.Ref reference) {
            reference.value = BoxedValues.toGuest(value, field, place);
            return;
        }
        cell.setNumber(BoxedValues.low(value, field, place));
        if (cell instanceof GlobalInstance.V128 vector) {
            vector.high = BoxedValues.high(value);
        }
    }

    private void checkMutable() {
        if (!type.mutable()) {
            throw new SignatureException("this global cannot be written: it is not mutable");
        }
    }

    private long get(CoreValType as) {
        checkType(as);
        return cell.number();
    }

    private void set(CoreValType as, long bits) {
        checkType(as);
        checkMutable();
        cell.setNumber(bits);
    }

    private void checkType(CoreValType as) {
        if (type.value() != as) {
            throw new SignatureException("this global holds " + type.value() + ", not " + as);
        }
    }

    GlobalInstance cell() {
        return cell;
    }

    /** Returns the type as modules compare it. */
    FieldType field() {
        return field;
    }

    @Override
    public String toString() {
        return type.toString();
    }
}
