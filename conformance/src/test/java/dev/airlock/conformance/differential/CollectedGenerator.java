package dev.airlock.conformance.differential;

import java.util.SplittableRandom;

/** Makes operators on structs, arrays and their references. */
final class CollectedGenerator {
    private static final int LENGTH = 8;
    private static final int PASSIVE_DATA = 1;
    private static final int PASSIVE_ELEMENTS = 1;
    private static final String ARRAYS = "BLRP";
    private static final String CONCRETE = "STBLRP";

    private final FunctionGenerator function;
    private final ExpressionGenerator expressions;
    private final SplittableRandom random;

    CollectedGenerator(FunctionGenerator function, ExpressionGenerator expressions) {
        this.function = function;
        this.expressions = expressions;
        this.random = function.random;
    }

    private int index(char letter) {
        return function.module.collected.index(letter);
    }

    private char some(String letters) {
        return letters.charAt(random.nextInt(letters.length()));
    }

    void constant(char type) {
        boolean isNull = random.nextInt(4) == 0;
        if (isNull) {
            expressions.nullReference(type);
        } else if (function.module.collected.isConcrete(type)) {
            newDefault(type);
        } else {
            function.op("i32.const").s(random.nextInt());
            function.op("ref.i31");
        }
    }

    private void newDefault(char type) {
        if (type == 'S' || type == 'T') {
            function.op("struct.new_default").u(index(type));
        } else {
            function.op("i32.const").s(LENGTH);
            function.op("array.new_default").u(index(type));
        }
    }

    /** A reference that is hardly ever null. */
    void present(char type) {
        expressions.expression(type);
        if (function.chance(2)) {
            return;
        }
        int held = function.local(type);
        function.op("local.tee").u(held);
        newDefault(type);
        function.op("local.get").u(held);
        function.op("ref.is_null");
        function.op("i32.eqz");
        function.op("select_t").u(1);
        function.module.valueType(function.out, type);
        if (random.nextInt(4) == 0) {
            function.op("ref.as_non_null");
        }
    }

    private void length() {
        expressions.mask('i', LENGTH - 1);
        function.op("i32.const").s(LENGTH);
        function.op("i32.or");
    }

    private void position() {
        if (function.chance(2)) {
            expressions.expression('i');
        } else {
            expressions.mask('i', LENGTH - 1);
        }
    }

    void expression(char type) {
        switch (type) {
            case 'i' -> integer();
            case 'l', 'f', 'd', 'v' -> get(type);
            case 'S' -> struct();
            case 'T' -> newStruct('T', CollectedTypes.SUBFIELDS);
            case 'B', 'L', 'R', 'P' -> array(type);
            case 'J' -> {
                expressions.expression('i');
                function.op("ref.i31");
            }
            case 'Q' -> {
                if (random.nextInt(3) == 0) {
                    get('Q');
                } else {
                    expressions.expression(some(CONCRETE + "J"));
                }
            }
            case 'N' -> {
                if (random.nextInt(3) == 0) {
                    expressions.expression('E');
                    function.op("any.convert_extern");
                } else {
                    expressions.expression('Q');
                }
            }
            case 'E' -> {
                expressions.expression('N');
                function.op("extern.convert_any");
            }
            case 'F' -> {
                present('P');
                position();
                function.op("array.get").u(CollectedTypes.FUNCTIONS);
            }
            default -> expressions.leaf(type);
        }
    }

    private void integer() {
        switch (random.nextInt(7)) {
            case 0 -> {
                expressions.expression('J');
                int held = function.local('J');
                function.op("local.tee").u(held);
                function.op("i32.const").s(random.nextInt());
                function.op("ref.i31");
                function.op("local.get").u(held);
                function.op("ref.is_null");
                function.op("i32.eqz");
                function.op("select_t").u(1);
                function.module.valueType(function.out, 'J');
                function.op(random.nextBoolean() ? "i31.get_s" : "i31.get_u");
            }
            case 1 -> {
                expressions.expression('Q');
                expressions.expression('Q');
                function.op("ref.eq");
            }
            case 2 -> {
                present(some(ARRAYS));
                function.op("array.len");
            }
            case 3 -> {
                expressions.expression('N');
                function.op(random.nextBoolean() ? "ref.test" : "ref.test_null");
                FunctionGenerator.heapType(function.module, function.out, some(CONCRETE + "QJN"));
            }
            case 4 -> {
                present('B');
                position();
                function.op(random.nextBoolean() ? "array.get_s" : "array.get_u")
                        .u(CollectedTypes.BYTES);
            }
            case 5 -> packedField();
            default -> get('i');
        }
    }

    private void packedField() {
        char of = some("ST");
        present(of);
        String fields = CollectedTypes.FIELDS;
        int field = fields.indexOf(random.nextBoolean() ? 'b' : 's');
        function.op(random.nextBoolean() ? "struct.get_s" : "struct.get_u")
                .u(index(of))
                .u(field);
    }

    /** Reads a field or an element of a type that is not packed. */
    private void get(char type) {
        if ((type == 'l' || type == 'Q') && random.nextBoolean()) {
            char array = type == 'l' ? 'L' : 'R';
            present(array);
            position();
            function.op("array.get").u(index(array));
            return;
        }
        char of = some("ST");
        present(of);
        function.op("struct.get").u(index(of)).u(CollectedTypes.FIELDS.indexOf(type));
    }

    private void struct() {
        switch (random.nextInt(4)) {
            case 0 -> newStruct('S', CollectedTypes.FIELDS);
            case 1 -> expressions.expression('T');
            case 2 -> cast();
            default -> newDefault('S');
        }
    }

    private void newStruct(char type, String fields) {
        for (char field : fields.toCharArray()) {
            expressions.expression(CollectedTypes.unpacked(field));
        }
        function.op("struct.new").u(index(type));
    }

    /** Casts what is hardly ever something else. */
    private void cast() {
        int held = function.newLocal('Q');
        boolean allowsNull = random.nextBoolean();
        expressions.expression('Q');
        function.op("local.tee").u(held);
        function.op(allowsNull ? "ref.test_null" : "ref.test").s(CollectedTypes.STRUCT);
        function.begin("if", "", "S");
        function.op("local.get").u(held);
        function.op(allowsNull ? "ref.cast_null" : "ref.cast").s(CollectedTypes.STRUCT);
        function.op("else");
        if (function.chance(2)) {
            function.op("local.get").u(held);
            function.op("ref.cast").s(CollectedTypes.STRUCT);
        } else {
            newDefault('S');
        }
        function.endConstruct();
    }

    private void array(char type) {
        int index = index(type);
        char element = CollectedTypes.unpacked(CollectedTypes.element(index));
        switch (random.nextInt(4)) {
            case 0 -> {
                expressions.expression(element);
                length();
                function.op("array.new").u(index);
            }
            case 1 -> {
                for (int i = 0; i < LENGTH; i++) {
                    expressions.leaf(element);
                }
                function.op("array.new_fixed").u(index).u(LENGTH);
            }
            case 2 -> {
                if (type == 'R') {
                    newDefault(type);
                    return;
                }
                function.op("i32.const").s(random.nextInt(4));
                function.op("i32.const").s(LENGTH);
                if (type == 'P') {
                    function.op("array.new_elem").u(index).u(PASSIVE_ELEMENTS);
                } else {
                    // Longs take eight bytes each, which the segment does not have.
                    function.op("array.new_data").u(CollectedTypes.BYTES).u(PASSIVE_DATA);
                    if (type == 'L') {
                        function.op("drop");
                        newDefault(type);
                    }
                }
            }
            default -> {
                length();
                function.op("array.new_default").u(index);
            }
        }
    }

    void statement() {
        switch (random.nextInt(9)) {
            case 0, 7 -> {
                char of = some("ST");
                int field = random.nextInt(CollectedTypes.FIELDS.length());
                present(of);
                expressions.expression(CollectedTypes.unpacked(CollectedTypes.FIELDS.charAt(field)));
                function.op("struct.set").u(index(of)).u(field);
            }
            case 1 -> {
                char array = some(ARRAYS);
                present(array);
                position();
                expressions.expression(CollectedTypes.unpacked(CollectedTypes.element(index(array))));
                function.op("array.set").u(index(array));
            }
            case 2 -> {
                char array = some(ARRAYS);
                present(array);
                expressions.mask('i', 3);
                expressions.expression(CollectedTypes.unpacked(CollectedTypes.element(index(array))));
                expressions.mask('i', 3);
                function.op("array.fill").u(index(array));
            }
            case 3 -> {
                char array = some(ARRAYS);
                present(array);
                expressions.mask('i', 3);
                present(array);
                expressions.mask('i', 3);
                expressions.mask('i', 3);
                function.op("array.copy").u(index(array)).u(index(array));
            }
            case 4, 8 -> init();
            default -> branchOnCast();
        }
    }

    private void init() {
        boolean ofBytes = random.nextBoolean();
        present(ofBytes ? 'B' : 'P');
        for (int i = 0; i < 3; i++) {
            expressions.mask('i', 3);
        }
        if (ofBytes) {
            function.op("array.init_data").u(CollectedTypes.BYTES).u(PASSIVE_DATA);
        } else {
            function.op("array.init_elem").u(CollectedTypes.FUNCTIONS).u(PASSIVE_ELEMENTS);
        }
    }

    private void branchOnCast() {
        int eq = 0x6D;
        boolean onFail = random.nextBoolean();
        function.begin("block", "", onFail ? "Q" : "S");
        expressions.expression('Q');
        function.op(onFail ? "br_on_cast_fail" : "br_on_cast")
                .raw(3)
                .u(0)
                .raw(eq)
                .s(CollectedTypes.STRUCT);
        if (onFail) {
            function.op("local.set").u(function.local('S'));
            expressions.constant('Q');
        } else {
            function.op("drop");
            newDefault('S');
        }
        function.endConstruct();
        function.op("local.set").u(function.local(onFail ? 'Q' : 'S'));
    }
}
