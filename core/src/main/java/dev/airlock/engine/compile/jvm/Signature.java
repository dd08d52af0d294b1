package dev.airlock.engine.compile.jvm;

import dev.airlock.engine.binary.ValueTypes;

/**
 * How the JVM method of a function type looks: one carrier character for each parameter and result, as
 * {@link ValueTypes#carrier} has them.
 */
public record Signature(String params, String results) {
    public static String carriers(int[] types) {
        StringBuilder text = new StringBuilder(types.length);
        for (int type : types) {
            text.append(ValueTypes.carrier(type));
        }
        return text.toString();
    }

    /** Whether the parameters are passed in the spill. */
    public boolean isWide() {
        return !MethodShapes.isPassed(params);
    }

    public static int slots(String carriers) {
        int slots = 0;
        for (int i = 0; i < carriers.length(); i++) {
            slots += slots(carriers.charAt(i));
        }
        return slots;
    }

    public static int slots(char carrier) {
        return switch (carrier) {
            case 'J', 'D' -> 2;
            case 'V' -> 4;
            default -> 1;
        };
    }

    /**
     * Returns the descriptor of a method of this type.
     *
     * @param last descriptors of further parameters
     */
    public String descriptor(String last) {
        StringBuilder text = new StringBuilder("(");
        if (!isWide()) {
            for (int i = 0; i < params.length(); i++) {
                text.append(type(params.charAt(i)));
            }
        }
        return text.append(last).append(')').append(returned()).toString();
    }

    public static String type(char carrier) {
        return switch (carrier) {
            case 'V' -> "JJ";
            case 'L' -> "Ljava/lang/Object;";
            default -> String.valueOf(carrier);
        };
    }

    /** Returns the descriptor of what the method returns: the first result, of a vector its low half. */
    public String returned() {
        if (results.isEmpty()) {
            return "V";
        }
        char first = results.charAt(0);
        return first == 'V' ? "J" : type(first);
    }

    /** Returns the carrier of what the method returns, or a blank for nothing. */
    public char returnCarrier() {
        char first = results.isEmpty() ? ' ' : results.charAt(0);
        return first == 'V' ? 'J' : first;
    }
}
