package dev.airlock.engine.runtime;

import dev.airlock.engine.binary.ValueTypes;
import org.jspecify.annotations.Nullable;

/** A global that more than its own module's code can see (core specification, section 4.2.9): a cell of its type. */
public abstract sealed class GlobalInstance {
    /** Makes a cell for a type, a code of {@link ValueTypes}. */
    public static GlobalInstance of(int type) {
        return switch (ValueTypes.carrier(type)) {
            case 'I' -> new I32();
            case 'J' -> new I64();
            case 'F' -> new F32();
            case 'D' -> new F64();
            case 'V' -> new V128();
            default -> new Ref();
        };
    }

    /** Returns the number as raw bits; of a vector, its low half. */
    public abstract long number();

    public abstract void setNumber(long bits);

    public static final class I32 extends GlobalInstance {
        public int value;

        @Override
        public long number() {
            return value & 0xFFFF_FFFFL;
        }

        @Override
        public void setNumber(long bits) {
            value = (int) bits;
        }
    }

    public static final class I64 extends GlobalInstance {
        public long value;

        @Override
        public long number() {
            return value;
        }

        @Override
        public void setNumber(long bits) {
            value = bits;
        }
    }

    public static final class F32 extends GlobalInstance {
        public float value;

        @Override
        public long number() {
            return Float.floatToRawIntBits(value) & 0xFFFF_FFFFL;
        }

        @Override
        public void setNumber(long bits) {
            value = Float.intBitsToFloat((int) bits);
        }
    }

    public static final class F64 extends GlobalInstance {
        public double value;

        @Override
        public long number() {
            return Double.doubleToRawLongBits(value);
        }

        @Override
        public void setNumber(long bits) {
            value = Double.longBitsToDouble(bits);
        }
    }

    public static final class V128 extends GlobalInstance {
        public long low;
        public long high;

        @Override
        public long number() {
            return low;
        }

        @Override
        public void setNumber(long bits) {
            low = bits;
        }
    }

    public static final class Ref extends GlobalInstance {
        public @Nullable Object value;

        @Override
        public long number() {
            throw new IllegalStateException("a reference, not a number");
        }

        @Override
        public void setNumber(long bits) {
            throw new IllegalStateException("a reference, not a number");
        }
    }
}
